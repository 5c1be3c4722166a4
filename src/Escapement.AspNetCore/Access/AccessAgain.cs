using Escapement.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.AspNetCore.Access;

/// <summary>
/// Asks of a request that goes on for hours what was asked when it came: with the same headers, by the same policy, and nothing of what was found then.
/// So a token that was revoked, rotated or ran out ends it, and so does a sign-out.
/// </summary>
internal sealed class AccessAgain(HttpContext context, TenantId? tenant)
{
    public async Task<bool> IsLetInAsync(CancellationToken cancellationToken)
    {
        // What authentication finds is kept for as long as the services of a request are; another asks anew.
        await using var scope = context.RequestServices.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        var again = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = cancellationToken };
        var request = context.Request;
        (again.Request.Method, again.Request.Scheme, again.Request.Host) = (request.Method, request.Scheme, request.Host);
        (again.Request.PathBase, again.Request.Path) = (request.PathBase, request.Path);
        foreach (var header in request.Headers)
        {
            // Host is there already: a second one would take the port away, which the name of a session's cookie has.
            again.Request.Headers[header.Key] = header.Value;
        }

        again.Connection.RemoteIpAddress = context.Connection.RemoteIpAddress;
        again.SetEndpoint(context.GetEndpoint());
        var policies = scope.ServiceProvider.GetRequiredService<IAuthorizationPolicyProvider>();
        var policy = await AuthorizationPolicy.CombineAsync(policies, context.GetEndpoint()!.Metadata.GetOrderedMetadata<IAuthorizeData>());
        var evaluator = scope.ServiceProvider.GetRequiredService<IPolicyEvaluator>();
        var found = await evaluator.AuthenticateAsync(policy!, again);
        return (await evaluator.AuthorizeAsync(policy!, found, again, again)).Succeeded
            && again.Features.Get<EscapementPrincipal>() is { } caller
            && (tenant is not { } one || caller.Sees(one));
    }
}
