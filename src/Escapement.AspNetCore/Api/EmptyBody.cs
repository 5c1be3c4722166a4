using System.Text.Json;
using Escapement.AspNetCore.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Escapement.AspNetCore.Api;

/// <summary>Refuses what is sent to a route that takes nothing: whoever sends a field believes that it does something. An empty object is nothing.</summary>
internal static class EmptyBody
{
    public static RouteGroupBuilder RefuseUnexpectedBodies(this RouteGroupBuilder group)
    {
        group.AddEndpointFilter(async (invocation, next) => await FindProblemAsync(invocation.HttpContext) is { } problem ? problem : await next(invocation));
        return group;
    }

    private static async ValueTask<ProblemResult?> FindProblemAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>() is not null
            || context.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true })
        {
            return null;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return Judge(body.GetBuffer().AsSpan(0, (int)body.Length).Trim(" \t\r\n"u8));
    }

    private static ProblemResult? Judge(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
        {
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(body);
            if (reader.Read() && reader.TokenType == JsonTokenType.StartObject && reader.Read())
            {
                return reader.TokenType == JsonTokenType.PropertyName && reader.GetString() is { } field
                    ? Refusal.BadRequest(field, $"There is no field {field}: this operation takes no body")
                    : null;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or a name that is no text.
        }

        return Refusal.BadRequest("This operation takes no body");
    }
}
