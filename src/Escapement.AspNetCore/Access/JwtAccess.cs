using System.Security.Claims;
using Escapement.Access;
using Escapement.AspNetCore.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Escapement.AspNetCore.Access;

/// <summary>Access tokens of an OpenID Connect provider, beside tokens of the host's own and sent in the same header.</summary>
internal static class JwtAccess
{
    public const string Scheme = "EscapementJwt";

    private const long Most = 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pooled = TimeSpan.FromMinutes(5);

    // Keys of a provider are public: with an algorithm whose key both sides have, anybody who reads them could sign.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    public static void AddJwtAccess(this IServiceCollection services, OidcOptions oidc)
    {
        services.Configure<AuthenticationOptions>(o => o.AddScheme<JwtBearerHandler>(Scheme, displayName: null));
        services.AddTransient<JwtBearerHandler>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<JwtBearerOptions>, JwtBearerPostConfigureOptions>());
        if (oidc.ClientId is not null)
        {
            services.AddSingleton<CodeFlow>();
        }

        services.AddOptions<JwtBearerOptions>(Scheme).Configure<TimeProvider>((jwt, time) => Configure(jwt, oidc, time));
    }

    /// <summary>Whether a request brings a JWT.</summary>
    public static bool IsFor(HttpRequest request) =>
        BearerToken.Of(request) is { } token && !token.StartsWith(TokenSecret.Prefix, StringComparison.Ordinal) && token.AsSpan().Count('.') == 2;

    private static void Configure(JwtBearerOptions jwt, OidcOptions oidc, TimeProvider time)
    {
        jwt.Authority = oidc.Authority;
        jwt.Audience = oidc.Audience;
        jwt.MapInboundClaims = false;

        // Where plain HTTP may be used is the validator's to say.
        jwt.RequireHttpsMetadata = false;
        var connections = new SocketsHttpHandler { PooledConnectionLifetime = Pooled };
        jwt.Backchannel = new HttpClient(connections) { Timeout = Patience, MaxResponseContentBufferSize = Most };
        jwt.ConfigurationManager = new ProviderConfiguration(oidc.Authority, jwt.Backchannel, time) { UseLastKnownGoodConfiguration = false };
        jwt.TokenValidationParameters.ClockSkew = oidc.ClockSkew;
        jwt.TokenValidationParameters.ValidAlgorithms = Algorithms;
        jwt.TokenValidationParameters.RequireSignedTokens = true;
        jwt.TokenValidationParameters.LifetimeValidator = (from, until, _, parameters) =>
            IsGoodAt(time.GetUtcNow().UtcDateTime, from, until, parameters.ClockSkew);
        jwt.TokenValidationParameters.RequireAudience = true;
        jwt.Events = new JwtBearerEvents
        {
            OnTokenValidated = context =>
            {
                // Whom nothing maps is somebody who may do nothing.
                if (ClaimMapper.Map(context.Principal!.Claims, oidc) is { } caller)
                {
                    context.Principal = new ClaimsPrincipal(new EscapementIdentity(caller));
                }

                return Task.CompletedTask;
            },
            OnAuthenticationFailed = FailAsync,
        };
    }

    // By the host's clock, as all else that ends; one that never ends is refused.
    private static bool IsGoodAt(DateTime now, DateTime? from, DateTime? until, TimeSpan skew) => !(from > now + skew) && until >= now - skew;

    private static async Task FailAsync(AuthenticationFailedContext context)
    {
        if (context.Options.ConfigurationManager is ProviderConfiguration { IsRead: false })
        {
            // The provider does not answer: that is no fault of the token, and no reason to hold its bearer up.
            context.HttpContext.Features.Set(new SignInRefusal(Refusal.SignInUnavailable()));
        }
        else
        {
            await SignInRefusal.SlowDownAsync(context.HttpContext);
        }

        context.Fail(context.Exception);
    }
}
