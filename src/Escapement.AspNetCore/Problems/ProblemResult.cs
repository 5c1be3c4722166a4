using System.Globalization;
using System.Text.Json;
using Escapement.AspNetCore.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.AspNetCore.Problems;

/// <summary>Answers a request with a problem.</summary>
internal sealed class ProblemResult(ProblemBody body) : IResult
{
    private const string ContentType = "application/problem+json";

    /// <summary>Tells the OpenAPI document that a route may answer with a problem of this status.</summary>
    public static IProducesResponseTypeMetadata Describe(int status) => new ProducesResponseTypeMetadata(status, typeof(ProblemBody), [ContentType]);

    public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext.Response, body);

    public static async Task WriteAsync(HttpResponse response, ProblemBody body)
    {
        if (body.Status is 401 or 403 or 429)
        {
            response.HttpContext.RequestServices.GetService<RefusalLog>()?.Note(response.HttpContext, body.Status);
        }

        response.StatusCode = body.Status;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        if (body.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (body.Allow is { } methods)
        {
            response.Headers.Allow = string.Join(", ", methods);
        }

        if (HttpMethods.IsHead(response.HttpContext.Request.Method))
        {
            return;
        }

        await JsonSerializer.SerializeAsync(response.Body, body, ApiJson.Options, response.HttpContext.RequestAborted);
    }
}
