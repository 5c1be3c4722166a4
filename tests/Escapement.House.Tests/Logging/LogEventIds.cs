using System.Globalization;
using System.Text.RegularExpressions;

namespace Escapement.House.Tests.Logging;

/// <summary>
/// Finds ids of log events that are out of order, leave a gap within their hundred, or that nothing logs. A hundred begins with 1.
/// </summary>
internal static partial class LogEventIds
{
    private const string Home = "src/Escapement/LogEvents.cs";

    public static IEnumerable<string> Find(IEnumerable<TextFile> files)
    {
        var sources = files.Where(IsSource).ToList();
        var events = Events(sources.Single(file => file.Path == Home)).ToList();
        var others = sources.Where(file => file.Path != Home).ToList();
        return OutOfOrder(events).Concat(
            from named in events
            where !others.Exists(file => Regex.IsMatch(file.Text, $@"\bLogEvents\.{named.Name}\b"))
            select $"{Home}: nothing logs {named.Name}");
    }

    private static bool IsSource(TextFile file) =>
        file.Path.StartsWith("src/", StringComparison.Ordinal) && file.Path.EndsWith(".cs", StringComparison.Ordinal);

    private static IEnumerable<string> OutOfOrder(IEnumerable<(string Name, int Id)> events)
    {
        var before = 0;
        foreach (var (name, id) in events)
        {
            var begins = id / 100 > before / 100;
            if (begins ? id % 100 != 1 : id != before + 1)
            {
                yield return $"{Home}: {name} is {id}, after {before}; the next is {before + 1}, or a later hundred's first";
            }

            before = id;
        }
    }

    private static IEnumerable<(string Name, int Id)> Events(TextFile file) =>
        Constant().Matches(file.Text).Select(match => (match.Groups[1].Value, int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)));

    [GeneratedRegex(@"const int (\w+) = (\d+);")]
    private static partial Regex Constant();
}
