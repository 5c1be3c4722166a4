using Escapement.House.Tests.Files;

namespace Escapement.House.Tests.Documents;

public sealed class DecisionsTests
{
    private const string Text = "# 0001: Bells ring\n\nStatus: accepted\n\n## Context\n\nA.\n\n## Decision\n\nB.\n\n## Consequences\n\nC.\n";
    private const string Row = "| [0001](0001-bells-ring.md) | Bells ring |";

    [Fact]
    public void Find_TheDecisions_AreInForm() => Findings.AssertNone(Decisions.Find(TrackedFiles.All));

    [Fact]
    public void Find_ADecisionInForm_IsNotFound() => Assert.Empty(Find(Text));

    [Fact]
    public void Find_ASupersededOne_IsInForm() =>
        Assert.Empty(Find(Text.Replace("accepted", "superseded by [0002](0002-hands-turn.md)", StringComparison.Ordinal)));

    [Theory]
    [InlineData("# 0001:", "# 1.", "begins with \"# 1. Bells ring\" instead of \"# 0001: \" and its title")]
    [InlineData("accepted", "agreed", "its third line is not \"Status: accepted\" or \"Status: superseded by \" and a link")]
    [InlineData("## Context", "**Context.**", "its parts are not Context, Decision, Consequences")]
    [InlineData("## Consequences", "## Decision", "its parts are not Context, Decision, Consequences")]
    [InlineData("C.", "C.\n\n## Left out", "its parts are not Context, Decision, Consequences")]
    public void Find_ADecisionInAnotherForm_SaysWhat(string good, string bad, string message) =>
        Assert.Contains($"docs/adr/0001-bells-ring.md: {message}", Find(Text.Replace(good, bad, StringComparison.Ordinal)));

    [Theory]
    [InlineData("0001-hands-turn.md")]
    [InlineData("0003-hands-turn.md")]
    public void Find_ANumberThatIsNotTheNext_SaysWhich(string name) =>
        Assert.Contains(
            $"docs/adr/{name}: the next number is 0002",
            Decisions.Find([new("docs/adr/README.md", Row), new("docs/adr/0001-bells-ring.md", Text), new($"docs/adr/{name}", Text)]));

    [Fact]
    public void Find_ATableThatDiffers_SaysHow() =>
        Assert.Equal(
            [$"docs/adr/README.md: lacks the row {Row}", "docs/adr/README.md: no decision has the row | [0001](0001-bells-ring.md) | Bells |"],
            Find(Text, "| [0001](0001-bells-ring.md) | Bells |"));

    private static IEnumerable<string> Find(string text, string row = Row) =>
        Decisions.Find([new TextFile("docs/adr/README.md", $"# Decisions\n\n{row}\n"), new TextFile("docs/adr/0001-bells-ring.md", text)]);
}
