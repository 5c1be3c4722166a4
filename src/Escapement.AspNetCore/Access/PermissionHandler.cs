using Escapement.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.AspNetCore.Access;

/// <summary>Lets in to a route those who may do what it asks; to a route that asks for nothing, nobody.</summary>
internal sealed class PermissionHandler(EscapementOptions options) : AuthorizationHandler<PermissionHandler.Requirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, Requirement requirement)
    {
        if (context.Resource is HttpContext http
            && http.GetEndpoint()?.Metadata.GetMetadata<AskedPermission>() is { Permission: var asked }
            && await FindPrincipalAsync(http) is { } principal
            && principal.May(asked))
        {
            http.Features.Set(principal);
            context.Succeed(requirement);
        }
    }

    private async ValueTask<EscapementPrincipal?> FindPrincipalAsync(HttpContext context)
    {
        if (options.AuthorizationPolicy is not { } policy)
        {
            return context.User.Identities.OfType<EscapementIdentity>().FirstOrDefault()?.Principal;
        }

        if (options.FindPrincipal is not { } find)
        {
            return new EscapementPrincipal(EscapementRole.Operator, TenantScope.All, EscapementAccess.NameOf(context.User));
        }

        // Requirements are all looked at, whichever fail; the function is asked about nobody whom the policy does not let in.
        var authorization = context.RequestServices.GetRequiredService<IAuthorizationService>();
        return (await authorization.AuthorizeAsync(context.User, context, policy)).Succeeded ? find(context) : null;
    }

    internal sealed class Requirement : IAuthorizationRequirement;
}

/// <summary>What a route asks of its caller.</summary>
internal sealed record AskedPermission(Permission Permission);

/// <summary>Marks a route that needs no store, so that whoever was let in before is let in while it is away.</summary>
internal sealed record WorksWithoutStore;
