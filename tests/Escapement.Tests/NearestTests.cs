namespace Escapement.Tests;

public sealed class NearestTests
{
    [Theory]
    [InlineData("timeZone", "timezone")]
    [InlineData("crom", "cron")]
    [InlineData("ednabled", "enabled")]
    [InlineData("payloads", "payload")]
    [InlineData("ENABLED", "enabled")]
    [InlineData("colour", null)]
    [InlineData("", null)]
    [InlineData("n", null)]
    public void Of_WordThatIsNone_IsTheOneThatWasMeant(string given, string? meant) =>
        Assert.Equal(meant, Nearest.Of(given, ["cron", "timezone", "enabled", "payload", "name"]));

    [Fact]
    public void Of_TextOfMegabytes_IsNoWord() => Assert.Null(Nearest.Of(new string('a', 10_000_000), ["a"]));
}
