namespace Escapement.House.Tests.Files;

/// <summary>What holds for every file that git tracks.</summary>
public sealed class TrackedFilesTests
{
    [Fact]
    public void All_TheRepository_HasThisFile() =>
        Assert.Contains(
            "HasThisFile",
            TrackedFiles.All.Single(file => file.Path == "tests/Escapement.House.Tests/Files/TrackedFilesTests.cs").Text,
            StringComparison.Ordinal);

    [Fact]
    public void Find_TheRepository_HasNoInvisibleCharacters() => Findings.AssertNone(InvisibleCharacters.Find(TrackedFiles.All));

    [Fact]
    public void Find_TheRepository_HasNoSecrets() => Findings.AssertNone(Secrets.Find(TrackedFiles.All));

    [Fact]
    public void Find_TheRepository_HasNoSkippedTests() => Findings.AssertNone(SkippedTests.Find(TrackedFiles.All));

    [Fact]
    public void Find_TheRepository_HasNoLongLines() => Findings.AssertNone(LongLines.Find(TrackedFiles.All));
}
