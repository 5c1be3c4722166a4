using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Problems;
using Escapement.Installs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.AspNetCore.Api;

/// <summary>
/// Reads the tenant and the install out of a path, once for all endpoints below it. A tenant that is not the caller's, and an install of another tenant,
/// are as unknown as those that never were.
/// </summary>
internal static class RouteScope
{
    public static RouteGroupBuilder WithTenant(this RouteGroupBuilder group) => group.AddEndpointFilter(async (invocation, next) =>
    {
        var context = invocation.HttpContext;
        if (!TenantId.TryParse((string?)context.GetRouteValue("tenant"), out var tenant))
        {
            return Refusal.BadRequest("tenant", $"A tenant id has 1 to {TenantId.MaxLength} characters of A-Z a-z 0-9 . _ : -");
        }

        if (!context.Principal().Sees(tenant))
        {
            return Refusal.NotFound("There is no such tenant for this caller");
        }

        context.Features.Set(new TenantFeature(tenant));
        return await next(invocation);
    }).Refuses(400, 404);

    public static RouteGroupBuilder WithInstall(this RouteGroupBuilder group) => group.AddEndpointFilter(async (invocation, next) =>
    {
        var context = invocation.HttpContext;
        var services = context.RequestServices;
        if (!Ids.TryParse((string?)context.GetRouteValue("installId"), out var id)
            || await services.GetRequiredService<InstalledExtensions>().GetAsync(new InstallScope(context.Tenant(), new InstallId(id)), context.RequestAborted)
                is not { } installed)
        {
            return Refusal.NotFound("This tenant has no such install");
        }

        context.Features.Set(installed);
        return await next(invocation);
    }).Refuses(404);

    public static TenantId Tenant(this HttpContext context) => context.Features.GetRequiredFeature<TenantFeature>().Tenant;

    /// <summary>The tenant of the path, or null of a path that names none.</summary>
    public static TenantId? TenantIfAny(this HttpContext context) => context.Features.Get<TenantFeature>()?.Tenant;

    public static InstalledExtension InstalledExtension(this HttpContext context) => context.Features.GetRequiredFeature<InstalledExtension>();

    private sealed record TenantFeature(TenantId Tenant);
}
