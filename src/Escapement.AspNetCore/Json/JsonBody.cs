using System.Text.Json;
using Escapement.AspNetCore.Problems;
using Microsoft.AspNetCore.Http;

namespace Escapement.AspNetCore.Json;

/// <summary>A request's JSON body, or the refusal that it earned. Handlers take it as a parameter.</summary>
internal sealed class JsonBody<T>
    where T : class
{
    private JsonBody(T? value, ProblemResult? refusal)
    {
        Value = value!;
        Refusal = refusal;
    }

    /// <summary>The body; only when <see cref="Refusal"/> is null.</summary>
    public T Value { get; }

    public ProblemResult? Refusal { get; }

    public static async ValueTask<JsonBody<T>> BindAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            return Refuse(Problems.Refusal.UnsupportedMediaType("application/json"));
        }

        try
        {
            var value = await JsonSerializer.DeserializeAsync<T>(context.Request.Body, ApiJson.Options, context.RequestAborted);
            return value is null ? Refuse(Problems.Refusal.BadRequest("The body must be a JSON object")) : new JsonBody<T>(value, refusal: null);
        }
        catch (JsonException e)
        {
            return Refuse(Explain(e));
        }
    }

    private static JsonBody<T> Refuse(ProblemResult refusal) => new(null, refusal);

    private static ProblemResult Explain(JsonException e)
    {
        // The reader's path is $.field; its own message speaks of CLR types, which mean nothing to a client.
        var field = e.Path is ['$', '.', .. var rest] ? rest : "";
        var where = e.LineNumber is { } line ? $" (line {line + 1}, byte {e.BytePositionInLine})" : "";
        if (field.Length == 0)
        {
            return Problems.Refusal.BadRequest($"The body is not the JSON object that is expected{where}");
        }

        var known = typeof(T).GetProperties().Any(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name) == field.Split('.', '[')[0]);
        return Problems.Refusal.BadRequest(field, known ? $"The value of {field} is not of the expected type{where}" : $"There is no field {field}{where}");
    }
}
