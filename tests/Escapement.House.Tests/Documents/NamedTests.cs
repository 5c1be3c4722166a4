using System.Text.RegularExpressions;

namespace Escapement.House.Tests.Documents;

/// <summary>
/// Finds tests that docs/security.md names, as <c>Class.Method_State_Result</c>, and that are not there: what it promises must be shown by something.
/// </summary>
internal static partial class NamedTests
{
    public const string Document = "docs/security.md";

    public static IEnumerable<string> Find(IEnumerable<TextFile> files)
    {
        var all = files.ToList();
        var tests = all.Where(file => file.Path.StartsWith("tests/", StringComparison.Ordinal) && file.Path.EndsWith(".cs", StringComparison.Ordinal))
            .ToLookup(file => Path.GetFileNameWithoutExtension(file.Path), file => file.Text, StringComparer.Ordinal);
        return Name().Matches(all.Single(file => file.Path == Document).Text)
            .Select(match => (Class: match.Groups[1].Value, Method: match.Groups[2].Value))
            .Distinct()
            .Where(named => !tests[named.Class].Any(text => text.Contains($" {named.Method}(", StringComparison.Ordinal)))
            .Select(named => $"{Document}: there is no test {named.Class}.{named.Method}");
    }

    [GeneratedRegex(@"`(\w+)\.(\w+_\w+)`")]
    private static partial Regex Name();
}
