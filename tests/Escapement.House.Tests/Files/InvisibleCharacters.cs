using System.Globalization;
using System.Text;

namespace Escapement.House.Tests.Files;

/// <summary>
/// Finds characters that no reader sees and that make a text look as if it said something else: those that turn the direction of what follows,
/// joiners, marks of byte order, controls of terminals. A source that needs one writes it as an escape.
/// </summary>
internal static class InvisibleCharacters
{
    public static IEnumerable<string> Find(IEnumerable<TextFile> files) =>
        from file in files
        from line in Lines.Of(file)
        from rune in line.Line.EnumerateRunes()
        where IsInvisible(rune)
        select $"{file.Path}: {line.Number}: the invisible character U+{rune.Value:X4}";

    private static bool IsInvisible(Rune rune) => rune.Value != '\t' && Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
