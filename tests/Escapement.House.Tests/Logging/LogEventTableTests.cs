using Escapement.House.Tests.Files;

namespace Escapement.House.Tests.Logging;

public sealed class LogEventTableTests
{
    private const string Rung = "| 1001 | `Rung` | warning | The bell rang |";
    private const string Cracked = "| 1002 | `Cracked` | error | It cracked |";

    [Fact]
    public void Find_TheTable_IsAsTheCode() => Findings.AssertNone(LogEventTable.Find(TrackedFiles.All));

    [Fact]
    public void Find_ARowThatSaysIt_IsNotFound() => Assert.Empty(Find(Rung));

    [Theory]
    [InlineData("")]
    [InlineData("| 1001 | `Rung` | error | The bell rang |")]
    [InlineData("| 1002 | `Rung` | warning | The bell rang |")]
    [InlineData("| 1001 | `Rung` | warning | The bell was rung |")]
    public void Find_ARowThatIsMissingOrSaysOther_IsFound(string row) => Assert.Contains($"{LogEventTable.Table}: lacks the row {Rung}", Find(row));

    [Fact]
    public void Find_ARowOfNoEvent_IsFound() =>
        Assert.Equal([$"{LogEventTable.Table}: no event has the row {Cracked}"], Find($"{Rung}\n{Cracked}"));

    private static IEnumerable<string> Find(string rows) => LogEventTable.Find(
    [
        new("src/Escapement/LogEvents.cs", "    /// <summary>The bell rang.</summary>\n    public const int Rung = 1001;\n"),
        new("src/Bell.cs", "[LoggerMessage(\n    LogEvents.Rung,\n    LogLevel.Warning,\n    \"Rang\")]"),
        new(LogEventTable.Table, $"# Log events\n\n| id | name | level | what |\n| --- | --- | --- | --- |\n{rows}\n"),
    ]);
}
