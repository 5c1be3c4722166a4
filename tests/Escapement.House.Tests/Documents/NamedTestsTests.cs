using Escapement.House.Tests.Files;

namespace Escapement.House.Tests.Documents;

public sealed class NamedTestsTests
{
    [Fact]
    public void Find_TheThreatModel_NamesTestsThatExist() => Findings.AssertNone(NamedTests.Find(TrackedFiles.All));

    [Fact]
    public void Find_ATestThatExists_IsNotFound() => Assert.Empty(Find("`BellTests.Ring_Once_IsHeard`"));

    [Theory]
    [InlineData("BellTests.Ring_Twice_IsHeard")]
    [InlineData("HandTests.Ring_Once_IsHeard")]
    [InlineData("BellTests.Ring_Once_Is")]
    public void Find_ATestThatDoesNot_IsFound(string name) => Assert.Equal([$"docs/security.md: there is no test {name}"], Find($"| bells | `{name}` |"));

    private static IEnumerable<string> Find(string text) => NamedTests.Find(
    [
        new(NamedTests.Document, text),
        new("tests/Bells/BellTests.cs", "public void Ring_Once_IsHeard() => Assert.True(bell.Rang);"),
        new("src/HandTests.cs", "public void Ring_Once_IsHeard() => Assert.True(bell.Rang);"),
    ]);
}
