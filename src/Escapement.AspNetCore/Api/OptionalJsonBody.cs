using System.Reflection;
using Escapement.AspNetCore.Json;
using Escapement.AspNetCore.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Escapement.AspNetCore.Api;

/// <summary>A request's JSON body that may be left out: no body is the same as an empty object. With a body it is as <see cref="JsonBody{T}"/>.</summary>
internal sealed class OptionalJsonBody<T> : IEndpointParameterMetadataProvider
    where T : class, new()
{
    private readonly JsonBody<T>? body;

    private OptionalJsonBody(JsonBody<T>? body) => this.body = body;

    public T Value => body?.Value ?? new T();

    public static async ValueTask<OptionalJsonBody<T>> BindAsync(HttpContext context) =>
        context.Request.ContentType is null && context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false }
            ? new OptionalJsonBody<T>(body: null)
            : new OptionalJsonBody<T>(await JsonBody<T>.BindAsync(context));

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(new AcceptsMetadata([ApiJson.ContentType], typeof(T), isOptional: true));
        foreach (var status in (int[])[400, 413, 415])
        {
            builder.Metadata.Add(ProblemResult.Describe(status));
        }

        builder.FilterFactories.Add((_, next) => invocation =>
            invocation.GetArgument<OptionalJsonBody<T>>(parameter.Position).body?.Refused is { } refusal
                ? ValueTask.FromResult<object?>(refusal)
                : next(invocation));
    }
}
