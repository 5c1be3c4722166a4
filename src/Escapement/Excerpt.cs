using System.Text;

namespace Escapement;

/// <summary>Quotes what a caller gave inside a message: short, on one line, and always text that can be stored.</summary>
internal static class Excerpt
{
    private const int Longest = 100;

    public static string Of(string text)
    {
        var quoted = new StringBuilder(Math.Min(text.Length, Longest) + 3).Append('"');
        var taken = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (taken++ == Longest)
            {
                quoted.Append('…');
                break;
            }

            quoted.Append(Rune.IsControl(rune) ? Rune.ReplacementChar.ToString() : rune.ToString());
        }

        return quoted.Append('"').ToString();
    }
}
