using System.Globalization;
using System.Text;

namespace Escapement;

/// <summary>What texts may hold that people give and that others read within sentences.</summary>
internal static class PlainText
{
    /// <summary>Whether it holds what ends a line, moves a terminal's cursor, or turns the direction in which what follows is read.</summary>
    public static bool HasControls(string text) => text.EnumerateRunes().Any(r =>
        Rune.GetUnicodeCategory(r) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || r.Value is 0x61C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069));

    /// <summary>Whether it holds anything of which nobody sees where it is: two such names look alike, and are not.</summary>
    public static bool HasUnseen(string text) => HasControls(text) || text.EnumerateRunes().Any(r => Rune.GetUnicodeCategory(r) is UnicodeCategory.Format);
}
