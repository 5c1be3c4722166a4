using System.Text;

namespace Escapement;

/// <summary>Quotes what a caller gave inside a message: short, on one line, and always text that can be stored.</summary>
internal static class Excerpt
{
    private const int Longest = 100;

    /// <summary>In quotation marks.</summary>
    public static string Of(string text) => $"\"{Plain(text)}\"";

    /// <summary>Without them.</summary>
    public static string Plain(string text)
    {
        var cut = new StringBuilder(Math.Min(text.Length, Longest) + 1);
        var taken = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (taken++ == Longest)
            {
                cut.Append('…');
                break;
            }

            cut.Append(Rune.IsControl(rune) ? Rune.ReplacementChar.ToString() : rune.ToString());
        }

        return cut.ToString();
    }
}
