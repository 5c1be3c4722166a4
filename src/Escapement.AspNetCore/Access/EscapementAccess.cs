using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Escapement.Access;
using Escapement.AspNetCore.Problems;
using Escapement.Audit;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Escapement.AspNetCore.Access;

/// <summary>
/// Finds out who is calling and holds routes to what they ask. What each caller may do is decided in <see cref="EscapementPrincipal"/>.
/// </summary>
internal static class EscapementAccess
{
    public const string Scheme = "EscapementToken";

    private const int DigestChars = 16;
    private const string BuiltInPolicy = "Escapement";
    private const string PermissionPolicy = "EscapementPermission";

    /// <summary>Asks for a token. The server asks so on paths that nothing is mapped at too, since all of its paths are ours.</summary>
    public static AuthorizationPolicy TokenPolicy { get; } = new AuthorizationPolicyBuilder(Scheme).RequireAuthenticatedUser().Build();

    public static IServiceCollection AddEscapementAccess(this IServiceCollection services, EscapementOptions options)
    {
        // Not AddAuthentication: it brings Data Protection and keys on disk, which nothing here needs.
        services.AddAuthenticationCore(o =>
        {
            o.AddScheme<TokenHandler>(Scheme, displayName: null);
            o.AddScheme<SessionHandler>(SessionHandler.SchemeName, displayName: null);
        });

        // The framework's own lines, one or two for each request that is refused: RefusalLog says it once a second for each address.
        services.Configure<LoggerFilterOptions>(o =>
        {
            o.Rules.Add(new LoggerFilterRule(null, typeof(TokenHandler).FullName, LogLevel.Warning, null));
            o.Rules.Add(new LoggerFilterRule(null, typeof(SessionHandler).FullName, LogLevel.Warning, null));
        });
        services.Configure<AuthenticationSchemeOptions>(Scheme, o => Forward(o, options));
        services.AddWebEncoders();
        services.AddSingleton<FailedSignIns>();
        services.AddSingleton<AcceptedTokens>();
        services.AddSingleton<TokenOperations>();
        services.AddSingleton<TokenUses>();
        services.AddSingleton<AcceptedSessions>();
        services.AddSingleton<SessionOperations>();
        services.AddSingleton<SessionUses>();
        services.AddTransient<TokenHandler>();
        services.AddTransient<SessionHandler>();
        services.AddSingleton<IAuthorizationHandler, PermissionHandler>();
        services.AddAuthorizationBuilder()
            .AddPolicy(BuiltInPolicy, p => p.Combine(TokenPolicy).AddRequirements(new PermissionHandler.Requirement()))
            .AddPolicy(PermissionPolicy, p => p.AddRequirements(new PermissionHandler.Requirement()));
        if (options.Oidc is { } oidc)
        {
            services.AddJwtAccess(oidc);
        }

        if (options.AuthorizationPolicy is null)
        {
            services.AddHostedService<FirstToken>();
            services.AddHostedService(s => s.GetRequiredService<TokenUses>());
            services.AddHostedService(s => s.GetRequiredService<SessionUses>());
        }

        return services;
    }

    // One scheme asks the others, by what a request brings: so there is one challenge, and never two answers.
    private static void Forward(AuthenticationSchemeOptions scheme, EscapementOptions options)
    {
        scheme.ForwardDefaultSelector = context => SessionHandler.IsFor(context) ? SessionHandler.SchemeName
            : options.Oidc is not null && JwtAccess.IsFor(context.Request) ? JwtAccess.Scheme : null;
        (scheme.ForwardChallenge, scheme.ForwardForbid) = (Scheme, Scheme);
    }

    /// <summary>Finds out at start, not at the first request, that the application has no such policy.</summary>
    public static void RequirePolicy(IServiceProvider services, EscapementOptions options)
    {
        // Policies that are registered are found without waiting; a provider of the application's own may take its time.
        if (options.AuthorizationPolicy is { } name
            && services.GetRequiredService<IAuthorizationPolicyProvider>().GetPolicyAsync(name) is { IsCompletedSuccessfully: true, Result: null })
        {
            throw new InvalidOperationException(
                $"AuthorizationPolicy is \"{name}\", but the application has no policy of that name. "
                + $"Add it by services.AddAuthorization(o => o.AddPolicy(\"{name}\", ...)).");
        }
    }

    /// <summary>Lets only those in whom the policy lets in and who may do what the route asks.</summary>
    public static TBuilder RequireAccess<TBuilder>(this TBuilder endpoints, EscapementOptions options)
        where TBuilder : IEndpointConventionBuilder => options.AuthorizationPolicy is { } own
        ? endpoints.RequireAuthorization(own, PermissionPolicy)
        : endpoints.RequireAuthorization(BuiltInPolicy);

    /// <summary>Says what a route asks of its caller; a route that says nothing lets nobody in.</summary>
    public static TBuilder Asks<TBuilder>(this TBuilder route, Permission permission)
        where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new AskedPermission(permission), ProblemResult.Describe(StatusCodes.Status403Forbidden));

    /// <summary>Who is calling.</summary>
    public static EscapementPrincipal Principal(this HttpContext context) => context.Features.GetRequiredFeature<EscapementPrincipal>();

    /// <summary>Who acts, as audit entries say it.</summary>
    public static Actor Actor(this HttpContext context) => new(ActorKind.Admin, context.Principal().Name);

    /// <summary>What a user of the application is called; of a name that is too long the beginning, with a digest of all of it.</summary>
    public static string NameOf(ClaimsPrincipal user) => Cut(user switch
    {
        { Identity.Name: { } name } when !string.IsNullOrWhiteSpace(name) => name,
        _ when user.FindFirstValue(ClaimTypes.NameIdentifier) is { } id && !string.IsNullOrWhiteSpace(id) => id,
        _ => "unnamed",
    });

    // Users whose names begin alike stay apart.
    private static string Cut(string name)
    {
        if (name.Length <= TokenInput.MaxName)
        {
            return name;
        }

        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..DigestChars];
        var kept = TokenInput.MaxName - 1 - DigestChars;
        return $"{name[..(char.IsHighSurrogate(name[kept - 1]) ? kept - 1 : kept)]}…{digest}";
    }
}
