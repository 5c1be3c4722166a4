using System.Text.Json;

namespace Escapement.Extensions;

/// <summary>Takes fields out of a manifest by type, and gathers what is wrong on the way. An optional field may be null.</summary>
internal sealed class ManifestFields
{
    /// <summary>Problems, and warnings, that are listed. A megabyte has room for a million, and each would become texts of its own.</summary>
    public const int MaxListed = 1_000;

    private const int MaxNameChars = 100;

    public List<Problem> Problems { get; } = [];

    public List<Problem> Warnings { get; } = [];

    public void Wrong(string path, string code, string message) => Add(Problems, new Problem(path, code, message));

    public JsonElement? Field(JsonElement parent, string path, string name, JsonValueKind kind, string article, bool isRequired)
    {
        if (!parent.TryGetProperty(name, out var field) || (field.ValueKind == JsonValueKind.Null && !isRequired))
        {
            if (isRequired)
            {
                Wrong($"{path}.{name}", "missing", $"\"{name}\" is missing");
            }

            return null;
        }

        if (field.ValueKind == kind)
        {
            return field;
        }

        Wrong($"{path}.{name}", "type", $"\"{name}\" must be {article}, not {Word(field.ValueKind)}");
        return null;
    }

    /// <summary>A string; a required one must not be blank.</summary>
    public string? Text(JsonElement parent, string path, string name, bool isRequired)
    {
        var text = Field(parent, path, name, JsonValueKind.String, "a string", isRequired)?.GetString();
        if (!isRequired || text is null || !string.IsNullOrWhiteSpace(text))
        {
            return text;
        }

        Wrong($"{path}.{name}", "empty", $"\"{name}\" must not be empty");
        return null;
    }

    public bool? Flag(JsonElement parent, string path, string name)
    {
        if (!parent.TryGetProperty(name, out var field) || field.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (field.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return field.GetBoolean();
        }

        Wrong($"{path}.{name}", "type", $"\"{name}\" must be true or false, not {Word(field.ValueKind)}");
        return null;
    }

    /// <summary>The items of an optional array that are of the right type, each with its path.</summary>
    public List<(JsonElement Item, string Path)> Items(JsonElement parent, string path, string name, JsonValueKind kind, string article)
    {
        var items = new List<(JsonElement, string)>();
        if (Field(parent, path, name, JsonValueKind.Array, "an array", isRequired: false) is not { } array)
        {
            return items;
        }

        var index = 0;
        foreach (var item in array.EnumerateArray())
        {
            var at = $"{path}.{name}[{index++}]";
            if (item.ValueKind == kind)
            {
                items.Add((item, at));
            }
            else
            {
                Wrong(at, "type", $"Each item of \"{name}\" must be {article}, not {Word(item.ValueKind)}");
            }
        }

        return items;
    }

    public void WarnOfUnknown(JsonElement parent, string path, params ReadOnlySpan<string> known)
    {
        foreach (var field in parent.EnumerateObject())
        {
            if (!known.Contains(field.Name))
            {
                Add(Warnings, new Problem(
                    Child(path, field.Name), "unknown-field", $"{Excerpt.Of(field.Name)} is not a field that the host knows; it is kept and has no effect"));
            }
        }
    }

    /// <summary>Readers disagree on which of two equal keys counts, so a manifest must not have any, however deep.</summary>
    public void ReportDuplicates(JsonElement root) => ReportDuplicates(root, new Stack<(string? Name, int Index)>());

    // The path is put together only where it is told: as a text at every step it would grow with the square of what a stranger nests.
    private void ReportDuplicates(JsonElement element, Stack<(string? Name, int Index)> steps)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in element.EnumerateArray())
            {
                steps.Push((null, index++));
                ReportDuplicates(item, steps);
                steps.Pop();
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var field in element.EnumerateObject())
            {
                steps.Push((field.Name, 0));
                if (!seen.Add(field.Name) && Problems.Count <= MaxListed)
                {
                    var path = steps.Reverse().Aggregate("$", (at, step) => step.Name is { } name ? Child(at, name) : $"{at}[{step.Index}]");
                    Wrong(path, "duplicate-key", $"{Excerpt.Of(field.Name)} is given more than once");
                }

                ReportDuplicates(field.Value, steps);
                steps.Pop();
            }
        }
    }

    private static void Add(List<Problem> list, Problem problem)
    {
        if (list.Count < MaxListed)
        {
            list.Add(problem);
        }
        else if (list.Count == MaxListed)
        {
            list.Add(new Problem("$", "more", $"There is more of this than the {MaxListed:N0} that are listed"));
        }
    }

    private static string Child(string path, string name) =>
        name.Length is > 0 and <= MaxNameChars && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
            ? $"{path}.{name}"
            : $"{path}[{JsonSerializer.Serialize(name.Length <= MaxNameChars ? name : name[..MaxNameChars] + "...")}]";

    private static string Word(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };
}
