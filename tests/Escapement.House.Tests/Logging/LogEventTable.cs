using System.Text.RegularExpressions;

namespace Escapement.House.Tests.Logging;

/// <summary>Finds rows of docs/reference/log-events.md that differ from the events as the code has them: id, name, level, and what the summary says.</summary>
internal static partial class LogEventTable
{
    public const string Table = "docs/reference/log-events.md";

    private const string Home = "src/Escapement/LogEvents.cs";

    public static IEnumerable<string> Find(IEnumerable<TextFile> files)
    {
        var all = files.ToList();
        var sources = all.Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal) && file.Path.EndsWith(".cs", StringComparison.Ordinal)).ToList();
        var levels = sources.SelectMany(file => Logged().Matches(file.Text))
            .ToLookup(match => match.Groups[1].Value, match => match.Groups[2].Value.ToLowerInvariant());
        var expected = Declared().Matches(sources.Single(file => file.Path == Home).Text).Select(match => Row(match, levels[match.Groups[2].Value])).ToList();
        var rows = Lines.Of(all.Single(file => file.Path == Table)).Select(line => line.Line).Where(line => FirstCell().IsMatch(line)).ToList();
        return expected.Except(rows).Select(row => $"{Table}: lacks the row {row}")
            .Concat(rows.Except(expected).Select(row => $"{Table}: no event has the row {row}"));
    }

    private static string Row(Match declared, IEnumerable<string> levels) =>
        $"| {declared.Groups[3].Value} | `{declared.Groups[2].Value}` | {string.Join(", ", levels.Distinct().Order(StringComparer.Ordinal))} "
        + $"| {declared.Groups[1].Value.TrimEnd('.')} |";

    [GeneratedRegex(@"/// <summary>(.+)</summary>\s+public const int (\w+) = (\d+);")]
    private static partial Regex Declared();

    [GeneratedRegex(@"LogEvents\.(\w+),\s*LogLevel\.(\w+)")]
    private static partial Regex Logged();

    [GeneratedRegex(@"^\| \d+ \|")]
    private static partial Regex FirstCell();
}
