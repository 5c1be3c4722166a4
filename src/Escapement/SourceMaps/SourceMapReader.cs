using System.Text.Json;

namespace Escapement.SourceMaps;

/// <summary>Reads a source map that a stranger may have written.</summary>
internal static class SourceMapReader
{
    /// <summary>The largest map that is looked at, in bytes; read it takes some eight times as much at most.</summary>
    public const int MaxBytes = 2 << 20;

    private const int MaxFileChars = 200;

    /// <summary>Null when it is not one, or larger than allowed.</summary>
    public static SourceMap? Read(ReadOnlyMemory<byte> json)
    {
        if (json.Length > MaxBytes)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("version", out var version) || !IsThree(version)
                || !root.TryGetProperty("sources", out var sources) || sources.ValueKind != JsonValueKind.Array
                || !root.TryGetProperty("mappings", out var mappings) || mappings.ValueKind != JsonValueKind.String)
            {
                return null;
            }

            var files = sources.EnumerateArray().Select(FileName).ToArray();
            return new MappingsReader(mappings.GetString(), files.Length).TryRead(out var segments, out var lines)
                ? new SourceMap(files, [.. segments], [.. lines])
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter for texts with half of a surrogate pair.
            return null;
        }
    }

    private static bool IsThree(JsonElement version) => version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out var number) && number == 3;

    private static string FileName(JsonElement source)
    {
        var name = source.ValueKind == JsonValueKind.String ? source.GetString()! : "?";
        return string.Concat(name.Take(MaxFileChars).Select(c => char.IsControl(c) || char.IsWhiteSpace(c) ? '?' : c));
    }
}
