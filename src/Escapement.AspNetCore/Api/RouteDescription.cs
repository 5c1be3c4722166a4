using Escapement.AspNetCore.Json;
using Escapement.AspNetCore.OpenApi;
using Escapement.AspNetCore.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Escapement.AspNetCore.Api;

/// <summary>What the OpenAPI document is told about a route, where the route is mapped.</summary>
internal static class RouteDescription
{
    /// <summary>Names the operation.</summary>
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, string operationId, string summary, string description = "") =>
        route.WithName(operationId).WithSummary(summary).WithDescription(description).WithMetadata(new ApiMarker());

    /// <summary>Shows a body that it takes.</summary>
    public static RouteHandlerBuilder WithExample(this RouteHandlerBuilder route, string json) => route.WithMetadata(new RequestExample(json));

    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
        {
            route.Produces<T>(status, ApiJson.ContentType);
        }

        return route;
    }

    /// <summary>The refusals that are a route's own. Its groups say what all their routes refuse, and its body says what every body earns.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder routes, params int[] statuses)
        where TBuilder : IEndpointConventionBuilder => routes.WithMetadata([.. statuses.Select(ProblemResult.Describe)]);
}
