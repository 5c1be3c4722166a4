using System.Globalization;
using System.Text.RegularExpressions;

namespace Escapement.SourceMaps;

/// <summary>Finds the places of a bundled script in what a guest said, and puts the author's own in their stead.</summary>
internal static partial class StackTraces
{
    /// <summary>Whether there is one to look up at all.</summary>
    public static bool MayHold(string text) => text.Contains("main.js:", StringComparison.Ordinal);

    /// <summary>The text with the author's places.</summary>
    /// <param name="text">What a guest said.</param>
    /// <param name="map">From the script to the author's files.</param>
    /// <param name="growth">By how many characters it may grow; less what it grew by afterwards. What does not fit stays as it was.</param>
    public static string Map(string text, SourceMap map, ref int growth)
    {
        var left = growth;
        var mapped = Place().Replace(text, match =>
        {
            if (!int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var line)
                || !int.TryParse(match.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var column)
                || map.Find(line, column) is not { } place)
            {
                return match.Value;
            }

            var own = string.Create(CultureInfo.InvariantCulture, $"{place.File}:{place.Line}:{place.Column}");
            var grown = own.Length - match.Length;
            if (grown > left)
            {
                return match.Value;
            }

            left -= Math.Max(0, grown);
            return own;
        });
        growth = left;
        return mapped;
    }

    // One engine calls the script main.js, the other /main.js.
    [GeneratedRegex(@"(?:(?<!\w)/)?\bmain\.js:([0-9]{1,7}):([0-9]{1,7})(?![0-9])")]
    private static partial Regex Place();
}
