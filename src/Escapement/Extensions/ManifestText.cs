using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace Escapement.Extensions;

/// <summary>Whether bytes are JSON whose every string is text, so that reading it can no longer fail.</summary>
internal static class ManifestText
{
    public static Problem? Fault(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            return new Problem("$", "not-json", "The manifest is not valid UTF-8");
        }

        // One level more than allowed, so that too deep can be told from not JSON.
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = ManifestReader.MaxDepth + 1 });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth >= ManifestReader.MaxDepth)
                {
                    return new Problem("$", "too-deep", $"The manifest is nested deeper than {ManifestReader.MaxDepth} levels");
                }

                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped && !IsText(ref reader))
                {
                    return new Problem(
                        "$",
                        "not-text",
                        string.Create(CultureInfo.InvariantCulture, $"The string at byte {reader.TokenStartIndex} holds half of a surrogate pair"));
                }
            }

            return null;
        }
        catch (JsonException e)
        {
            return new Problem("$", "not-json", string.Create(CultureInfo.InvariantCulture,
                $"The manifest is not JSON: see line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}"));
        }
    }

    // The reader has no other way to ask whether escapes make whole surrogate pairs.
    private static bool IsText(ref Utf8JsonReader reader)
    {
        try
        {
            _ = reader.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
