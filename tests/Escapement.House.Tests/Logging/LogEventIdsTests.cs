using Escapement.House.Tests.Files;

namespace Escapement.House.Tests.Logging;

public sealed class LogEventIdsTests
{
    [Fact]
    public void Find_TheLogEvents_AreInOrder() => Findings.AssertNone(LogEventIds.Find(TrackedFiles.All));

    [Fact]
    public void Find_RisingIdsAndANewHundred_AreNotFound() => Assert.Empty(Find(("Rung", 1001), ("Cracked", 1002), ("Wound", 1101), ("Stopped", 4001)));

    [Theory]
    [InlineData(1002, "is 1002, after 1002; the next is 1003, or a later hundred's first")]
    [InlineData(1001, "is 1001, after 1002; the next is 1003, or a later hundred's first")]
    [InlineData(1004, "is 1004, after 1002; the next is 1003, or a later hundred's first")]
    [InlineData(1102, "is 1102, after 1002; the next is 1003, or a later hundred's first")]
    public void Find_AnIdThatIsNotTheNext_SaysWhich(int id, string message) =>
        Assert.Equal([$"src/Escapement/LogEvents.cs: Wound {message}"], Find(("Rung", 1001), ("Cracked", 1002), ("Wound", id)));

    [Fact]
    public void Find_AnIdThatNothingLogs_SaysWhich() =>
        Assert.Equal(["src/Escapement/LogEvents.cs: nothing logs Rung"], LogEventIds.Find([Home(("Rung", 1001)), new("src/Bell.cs", "LogEvents.RungTwice")]));

    private static IEnumerable<string> Find(params (string Name, int Id)[] events) =>
        LogEventIds.Find([Home(events), new TextFile("src/Bell.cs", string.Concat(events.Select(e => $"[LoggerMessage(LogEvents.{e.Name}, \"\")]\n")))]);

    private static TextFile Home(params (string Name, int Id)[] events) =>
        new("src/Escapement/LogEvents.cs", string.Concat(events.Select(e => $"public const int {e.Name} = {e.Id};\n")));
}
