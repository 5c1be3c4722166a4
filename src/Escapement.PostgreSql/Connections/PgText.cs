using System.Text;

namespace Escapement.PostgreSql.Connections;

/// <summary>Makes text that guests and admins gave storable: PostgreSQL takes neither a null character nor half of a surrogate pair.</summary>
internal static class PgText
{
    /// <summary>The text with what cannot be stored replaced by U+FFFD; most texts come back as they are.</summary>
    public static string? Clean(string? text)
    {
        if (text is null || IsClean(text))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            clean.Append(rune.Value == 0 ? Rune.ReplacementChar : rune);
        }

        return clean.ToString();
    }

    private static bool IsClean(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\0' || (char.IsSurrogate(c) && !(char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[++i]))))
            {
                return false;
            }
        }

        return true;
    }
}
