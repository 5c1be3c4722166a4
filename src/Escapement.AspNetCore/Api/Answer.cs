using Escapement.AspNetCore.Json;
using Escapement.AspNetCore.OpenApi;
using Escapement.AspNetCore.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Escapement.AspNetCore.Api;

/// <summary>Answers in the API's JSON, and what the OpenAPI document is told about them.</summary>
internal static class Answer
{
    /// <summary>Ten times the largest payload: as JSON text inside JSON, each of its bytes may take six.</summary>
    public const long MaxJsonBody = 1024 * 1024;

    public static IResult Json<T>(T value, int status = StatusCodes.Status200OK) => TypedResults.Json(value, ApiJson.Options, contentType: null, status);

    public static IResult Created<T>(HttpContext context, string location, T value)
    {
        context.Response.Headers.Location = context.Request.PathBase + location;
        return Json(value, StatusCodes.Status201Created);
    }

    public static IResult Accepted<T>(HttpContext context, string location, T value)
    {
        context.Response.Headers.Location = context.Request.PathBase + location;
        return Json(value, StatusCodes.Status202Accepted);
    }

    /// <summary>Names an operation for the OpenAPI document.</summary>
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, string operationId, string summary, string description = "") =>
        route.WithName(operationId).WithSummary(summary).WithDescription(description).WithMetadata(new ApiMarker());

    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
        {
            route.Produces<T>(status, "application/json");
        }

        return route;
    }

    /// <summary>The refusals that an operation can answer beside those that all can: 401, 503 and 500.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses.Concat([401, 500, 503]).Distinct().Order())
        {
            route.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(ProblemBody), [ProblemResult.ContentType]));
        }

        return route;
    }

    /// <summary>Limits the body's size; the innermost limit counts.</summary>
    public static TBuilder LimitBody<TBuilder>(this TBuilder route, long bytes)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new BodyLimit(bytes));

    private sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
