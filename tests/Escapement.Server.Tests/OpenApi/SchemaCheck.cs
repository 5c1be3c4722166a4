using System.Text.Json;
using System.Text.Json.Nodes;

namespace Escapement.Server.Tests.OpenApi;

/// <summary>
/// Holds values against the schemas of a document, as far as the document uses the language of schemas: a keyword that is not known here fails, so that
/// none is passed over. A field that no schema names fails too.
/// </summary>
internal sealed class SchemaCheck(JsonNode document)
{
    private static readonly HashSet<string> SayNothing = 
        new(StringComparer.Ordinal) { "description", "format", "example", "examples", "default", "title", "pattern" };

    /// <summary>What of a value is not as its schema says; empty when all is.</summary>
    public IReadOnlyList<string> Find(JsonNode schema, JsonNode? value, string at = "$")
    {
        if ((string?)schema["$ref"] is { } reference)
        {
            return Find(reference.Split('/').Skip(1).Aggregate(document, (node, name) => node[name]!), value, at);
        }

        var faults = new List<string>();
        foreach (var (keyword, said) in schema.AsObject())
        {
            switch (keyword)
            {
                case "type" when !Types(said!).Any(type => Is(type, value)):
                    faults.Add($"{at} is {value?.GetValueKind().ToString() ?? "null"} and not {said!.ToJsonString()}");
                    break;
                case "required" when value is JsonObject fields:
                    faults.AddRange(said!.AsArray().Where(name => !fields.ContainsKey((string)name!)).Select(name => $"{at}.{name} is missing"));
                    break;
                case "properties" when value is JsonObject fields:
                    faults.AddRange(fields.Where(f => said!.AsObject().ContainsKey(f.Key)).SelectMany(f => Find(said![f.Key]!, f.Value, $"{at}.{f.Key}")));
                    faults.AddRange(fields.Where(f => !said!.AsObject().ContainsKey(f.Key) && schema["additionalProperties"] is null)
                        .Select(f => $"{at}.{f.Key} is in no schema"));
                    break;
                case "additionalProperties" when value is JsonObject fields:
                    faults.AddRange(fields.Where(f => schema["properties"]?.AsObject().ContainsKey(f.Key) != true)
                        .SelectMany(f => Find(said!, f.Value, $"{at}.{f.Key}")));
                    break;
                case "items" when value is JsonArray items:
                    faults.AddRange(items.SelectMany((item, i) => Find(said!, item, $"{at}[{i}]")));
                    break;
                case "enum" when !said!.AsArray().Any(one => JsonNode.DeepEquals(one, value)):
                    faults.Add($"{at} is none of {said.ToJsonString()}");
                    break;
                case "oneOf" or "anyOf" when said!.AsArray().All(one => Find(one!, value, at).Count > 0):
                    faults.Add($"{at} is as none of {said.ToJsonString()} says");
                    break;
                case "type" or "required" or "properties" or "additionalProperties" or "items" or "enum" or "oneOf" or "anyOf":
                    break;
                default:
                    if (!SayNothing.Contains(keyword))
                    {
                        faults.Add($"{at}: nobody here knows the keyword {keyword}");
                    }

                    break;
            }
        }

        return faults;
    }

    private static IEnumerable<string> Types(JsonNode said) => said is JsonArray several ? several.Select(t => (string)t!) : [(string)said!];

    private static bool Is(string type, JsonNode? value) => (type, value?.GetValueKind()) switch
    {
        ("null", null) => true,
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) or ("number", JsonValueKind.Number)
            or ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => value!.AsValue().TryGetValue<double>(out var number) && Math.Floor(number) == number,
        _ => false,
    };
}
