using System.Reflection;
using System.Text.Json;
using Escapement.AspNetCore.Json;
using Escapement.AspNetCore.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Escapement.AspNetCore.Api;

/// <summary>
/// A request's JSON body. A handler that takes one as a parameter runs only when it could be read; otherwise the request is refused, after
/// whatever the filters of the route's groups refuse. The OpenAPI document is told what is taken and what is refused.
/// </summary>
internal sealed class JsonBody<T> : IEndpointParameterMetadataProvider
    where T : class
{
    private readonly T? value;
    private readonly ProblemResult? refusal;

    private JsonBody(T? value, ProblemResult? refusal)
    {
        this.value = value;
        this.refusal = refusal;
    }

    public T Value => value ?? throw new InvalidOperationException("A body that was refused has no value");

    public static async ValueTask<JsonBody<T>> BindAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            return Refuse(Refusal.UnsupportedMediaType(ApiJson.ContentType));
        }

        try
        {
            var value = await JsonSerializer.DeserializeAsync<T>(await Repeating.NoteBodyAsync(context), ApiJson.Options, context.RequestAborted);
            return value is null ? Refuse(Refusal.BadRequest("The body must be a JSON object")) : new JsonBody<T>(value, refusal: null);
        }
        catch (JsonException e)
        {
            return Refuse(Explain(e));
        }
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(new AcceptsMetadata([ApiJson.ContentType], typeof(T)));
        foreach (var status in (int[])[400, 413, 415])
        {
            builder.Metadata.Add(ProblemResult.Describe(status));
        }

        builder.FilterFactories.Add((_, next) => invocation =>
            invocation.GetArgument<JsonBody<T>>(parameter.Position).refusal is { } refusal ? ValueTask.FromResult<object?>(refusal) : next(invocation));
    }

    private static JsonBody<T> Refuse(ProblemResult refusal) => new(null, refusal);

    private static ProblemResult Explain(JsonException e)
    {
        // The reader's path is $.field; its own message speaks of CLR types, which mean nothing to a client.
        var field = e.Path is ['$', '.', .. var rest] ? rest : "";
        var where = e.LineNumber is { } line ? $" (line {line + 1}, byte {e.BytePositionInLine})" : "";
        if (e.InnerException is JsonException)
        {
            // The reader could not go on: no field is to blame, and none has a wrong type.
            return Refusal.BadRequest($"The body is not JSON{where}");
        }

        if (field.Length == 0)
        {
            return Refusal.BadRequest($"The body is not the JSON object that is expected{where}");
        }

        return Refusal.BadRequest(
            field, IsKnown(typeof(T), field) ? $"The value of {field} is not of the expected type{where}" : $"There is no field {field}{where}");
    }

    // The path of a field goes down through records and lists; what is below anything else is not told apart.
    private static bool IsKnown(Type type, string path)
    {
        foreach (var name in path.Split('.'))
        {
            var property = type.GetProperties().FirstOrDefault(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name) == name.Split('[')[0]);
            if (property is null)
            {
                return type.Namespace?.StartsWith("Escapement", StringComparison.Ordinal) == false;
            }

            var inner = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            type = inner is { IsGenericType: true } ? inner.GetGenericArguments()[^1] : inner;
        }

        return true;
    }
}
