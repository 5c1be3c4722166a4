using System.Security.Claims;
using Escapement.Audit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.AspNetCore.Access;

/// <summary>
/// The one place that decides who may do what. Today a bearer token may do everything; another model replaces the policy here
/// and leaves the endpoints as they are.
/// </summary>
internal static class EscapementAccess
{
    public const string Scheme = "EscapementToken";

    private const string BuiltInPolicy = "Escapement";

    /// <summary>Asks for a token. The server asks so on paths that nothing is mapped at too, since all of its paths are ours.</summary>
    public static AuthorizationPolicy TokenPolicy { get; } = new AuthorizationPolicyBuilder(Scheme).RequireAuthenticatedUser().Build();

    public static IServiceCollection AddEscapementAccess(this IServiceCollection services, EscapementOptions options)
    {
        // Not AddAuthentication: it brings Data Protection and keys on disk, which nothing here needs.
        services.AddAuthenticationCore(o => o.AddScheme<TokenHandler>(Scheme, displayName: null));
        services.AddWebEncoders();
        services.AddSingleton<FailedSignIns>();
        services.AddTransient<TokenHandler>();
        services.AddAuthorizationBuilder()
            .AddPolicy(BuiltInPolicy, TokenPolicy);
        if (options.AuthorizationPolicy is null)
        {
            services.AddHostedService<FirstToken>();
        }

        return services;
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

    /// <summary>Lets only those in whom the policy lets in.</summary>
    public static TBuilder RequireAccess<TBuilder>(this TBuilder endpoints, EscapementOptions options)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.RequireAuthorization(new AuthorizeAttribute(options.AuthorizationPolicy ?? BuiltInPolicy));

    /// <summary>Who acts, as audit entries say it.</summary>
    public static Actor Actor(this HttpContext context) =>
        new(ActorKind.Admin, context.User.Identity?.Name ?? context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "unnamed");
}
