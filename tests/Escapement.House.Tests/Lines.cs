namespace Escapement.House.Tests;

/// <summary>The lines of a file with their numbers.</summary>
internal static class Lines
{
    public static IEnumerable<(int Number, string Line)> Of(TextFile file) => file.Text.Split('\n').Select((line, index) => (index + 1, line.TrimEnd('\r')));

    /// <summary>The line, from 1, that a place in a text lies in.</summary>
    public static int NumberAt(string text, int position) => text.AsSpan(0, position).Count('\n') + 1;
}
