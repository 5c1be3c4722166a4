using Escapement.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Escapement.AspNetCore.Access;

/// <summary>Lets in to a route those who may do what it asks; to a route that asks for nothing, nobody.</summary>
internal sealed class PermissionHandler(EscapementOptions options) : AuthorizationHandler<PermissionHandler.Requirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, Requirement requirement)
    {
        if (context.Resource is HttpContext http
            && http.GetEndpoint()?.Metadata.GetMetadata<AskedPermission>() is { Permission: var asked }
            && FindPrincipal(http) is { } principal
            && principal.May(asked))
        {
            http.Features.Set(principal);
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }

    private EscapementPrincipal? FindPrincipal(HttpContext context)
    {
        if (options.AuthorizationPolicy is null)
        {
            return context.User.Identities.OfType<EscapementIdentity>().FirstOrDefault()?.Principal;
        }

        return options.FindPrincipal is { } find
            ? find(context)
            : new EscapementPrincipal(EscapementRole.Operator, TenantScope.All, EscapementAccess.NameOf(context.User));
    }

    internal sealed class Requirement : IAuthorizationRequirement;
}

/// <summary>What a route asks of its caller.</summary>
internal sealed record AskedPermission(Permission Permission);

/// <summary>Marks a route that needs no store, so that whoever was let in before is let in while it is away.</summary>
internal sealed record WorksWithoutStore;
