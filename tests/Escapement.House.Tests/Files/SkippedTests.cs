using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Escapement.House.Tests.Files;

/// <summary>
/// Finds tests that are not run, and tests that keep others from being run. There may be none: what a test needs and does not find fails it,
/// and what is not to be tested any more goes.
/// </summary>
internal static partial class SkippedTests
{
    private static readonly string[] Settings = ["Skip", "SkipUnless", "SkipWhen", "SkipType", "SkipExceptions", "Explicit"];

    public static IEnumerable<string> Find(IEnumerable<TextFile> files) =>
        from file in files
        from place in Path.GetExtension(file.Path) switch
        {
            ".cs" => CSharp(file),
            ".js" or ".mjs" or ".ts" or ".tsx" when IsTest().IsMatch(file.Path) => JavaScript(file),
            _ => [],
        }
        select $"{file.Path}: {place.Line}: a test is left out: {place.Text}";

    private static IEnumerable<(int Line, string Text)> CSharp(TextFile file) =>
        from node in CSharpSyntaxTree.ParseText(file.Text).GetRoot().DescendantNodes()
        where IsSkip(node)
        select (node.GetLocation().GetLineSpan().StartLinePosition.Line + 1, node.ToString());

    private static bool IsSkip(SyntaxNode node) => node switch
    {
        AttributeArgumentSyntax { NameEquals.Name.Identifier.ValueText: var name } => Settings.Contains(name),
        MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "Assert" }, Name.Identifier.ValueText: var name } =>
            name.StartsWith("Skip", StringComparison.Ordinal),
        _ => false,
    };

    private static IEnumerable<(int Line, string Text)> JavaScript(TextFile file) =>
        LeftOut().Matches(file.Text).Select(match => (Lines.NumberAt(file.Text, match.Index), match.Value.Trim()));

    [GeneratedRegex(@"(^|/)tests?/|\.(test|spec)\.")]
    private static partial Regex IsTest();

    [GeneratedRegex(@"\b(test|it|describe|suite|t)\.(skip|todo|only)\b|\bx(it|test|describe)\(|[{,]\s*(skip|todo|only):")]
    private static partial Regex LeftOut();
}
