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

    /// <summary>Why it could not be read; null when it could.</summary>
    public ProblemResult? Refused => refusal;

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
            invocation.GetArgument<JsonBody<T>>(parameter.Position).Refused is { } refusal ? ValueTask.FromResult<object?>(refusal) : next(invocation));
    }

    private static JsonBody<T> Refuse(ProblemResult refusal) => new(null, refusal);

    private static ProblemResult Explain(JsonException e)
    {
        // The reader's path is $.field; its own message speaks of CLR types, which mean nothing to a client.
        var field = e.Path is ['$', '.', .. var rest] ? Excerpt.Plain(rest) : "";
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

        // The reader tells this by its words alone.
        if (e.Message.StartsWith("Duplicate property", StringComparison.Ordinal))
        {
            return Refusal.BadRequest(field, $"{field} is there twice{where}");
        }

        var (type, nearest) = TypeOf(typeof(T), field);
        var hint = nearest is null ? "" : $"; did you mean {nearest}?";
        return Refusal.BadRequest(field, type is null ? $"There is no field {field}{where}{hint}" : $"The value of {field} must be {Words(type)}{where}");
    }

    // What a field holds, or null and the field that may have been meant. The path goes down through records and lists; what is below anything else is
    // not told apart.
    private static (Type? Type, string? Nearest) TypeOf(Type type, string path)
    {
        var whole = type;
        foreach (var name in path.Split('.'))
        {
            var names = type.GetProperties().ToDictionary(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name));
            if (!names.TryGetValue(name.Split('[')[0], out var property))
            {
                return type.Namespace?.StartsWith("Escapement", StringComparison.Ordinal) == false ? (type, null) : (null, Nearest.Of(name, names.Keys));
            }

            whole = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            type = whole.IsGenericType ? whole.GetGenericArguments()[^1] : whole;
            whole = name.Contains('[', StringComparison.Ordinal) ? type : whole;
        }

        return (whole, null);
    }

    private static string Words(Type type) =>
        type == typeof(string) ? "a string"
        : type == typeof(bool) ? "true or false"
        : type == typeof(DateTimeOffset) ? "an instant, as 2030-03-02T09:00:00Z"
        : type.IsPrimitive ? "a number"
        : type.IsGenericType && type.GetGenericArguments().Length == 1 ? "a list"
        : "an object";
}
