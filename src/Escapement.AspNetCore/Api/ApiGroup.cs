using Escapement.AspNetCore.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Escapement.AspNetCore.Api;

/// <summary>What all routes of the API have in common.</summary>
internal static class ApiGroup
{
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder endpoints, EscapementOptions options) =>
        endpoints.MapGroup(options.ApiRoot).RequireAccess(options).RefuseForeignPages(options)
            .LimitBody(BodyLimit.Json).RefuseUnknownParameters().RefuseUnexpectedBodies()
            .Refuses(401, 500, 503);
}
