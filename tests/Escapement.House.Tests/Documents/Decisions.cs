using System.Text.RegularExpressions;

namespace Escapement.House.Tests.Documents;

/// <summary>
/// Finds decisions that are not in the form that docs/adr/README.md describes, numbers that are missing or given twice, and rows of its table that
/// differ from the files.
/// </summary>
internal static partial class Decisions
{
    public const string Folder = "docs/adr/";

    private const string Index = Folder + "README.md";

    private static readonly string[] Parts = ["Context", "Decision", "Consequences"];

    public static IEnumerable<string> Find(IEnumerable<TextFile> files)
    {
        var all = files.Where(file => file.Path.StartsWith(Folder, StringComparison.Ordinal)).ToList();
        var decisions = all.Where(file => file.Path != Index).OrderBy(file => file.Path, StringComparer.Ordinal).ToList();
        return decisions.SelectMany(InForm).Concat(Numbered(decisions)).Concat(Listed(all.Single(file => file.Path == Index), decisions));
    }

    private static IEnumerable<string> InForm(TextFile file)
    {
        var lines = file.Text.Split('\n');
        if (!lines[0].StartsWith($"# {Number(file)}: ", StringComparison.Ordinal))
        {
            yield return $"{file.Path}: begins with \"{lines[0]}\" instead of \"# {Number(file)}: \" and its title";
        }

        if (!Status().IsMatch(lines.ElementAtOrDefault(2) ?? ""))
        {
            yield return $"{file.Path}: its third line is not \"Status: accepted\" or \"Status: superseded by \" and a link";
        }

        if (!lines.Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..]).SequenceEqual(Parts))
        {
            yield return $"{file.Path}: its parts are not {string.Join(", ", Parts)}";
        }
    }

    private static IEnumerable<string> Numbered(IEnumerable<TextFile> decisions) =>
        from at in decisions.Select((file, index) => (File: file, Expected: $"{index + 1:0000}"))
        where Number(at.File) != at.Expected
        select $"{at.File.Path}: the next number is {at.Expected}";

    private static IEnumerable<string> Listed(TextFile index, IEnumerable<TextFile> decisions)
    {
        var rows = Lines.Of(index).Select(line => line.Line).Where(line => line.StartsWith("| [", StringComparison.Ordinal)).ToList();
        var expected = decisions.Select(Row).ToList();
        return expected.Except(rows).Select(row => $"{Index}: lacks the row {row}")
            .Concat(rows.Except(expected).Select(row => $"{Index}: no decision has the row {row}"));
    }

    private static string Row(TextFile file)
    {
        var title = file.Text.Split('\n')[0].Split(": ", 2)[^1];
        return $"| [{Number(file)}]({file.Path[Folder.Length..]}) | {title} |";
    }

    private static string Number(TextFile file) => file.Path[Folder.Length..].Split('-')[0];

    [GeneratedRegex(@"^Status: (accepted|superseded by \[\d{4}\]\(\d{4}-[a-z0-9-]+\.md\))$")]
    private static partial Regex Status();
}
