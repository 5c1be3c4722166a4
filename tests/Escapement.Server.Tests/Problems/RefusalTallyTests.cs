using Escapement.AspNetCore.Problems;

namespace Escapement.Server.Tests.Problems;

public sealed class RefusalTallyTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly RefusalTally tally = new();

    [Fact]
    public void Note_ManyOfOneAddress_LogsOneASecondWithTheNumberLeftOut()
    {
        Assert.Equal(("a", 0), tally.Note("a", Now));
        Assert.All(Enumerable.Range(0, 1_000), i => Assert.Null(tally.Note("a", Now.AddMilliseconds(i * 0.999))));
        Assert.Equal(("b", 0), tally.Note("b", Now));

        Assert.Equal(("a", 1_000), tally.Note("a", Now.AddSeconds(1)));
        Assert.Null(tally.Note("a", Now.AddSeconds(1.999)));
    }

    [Fact]
    public void Flush_SecondIsOver_GivesWhatWasLeftOutAndForgetsWhoWasQuiet()
    {
        tally.Note("a", Now);
        tally.Note("a", Now);
        tally.Note("b", Now);
        Assert.Equal(("", true), Flush(0.999));

        Assert.Equal(("(a, 1)", true), Flush(1));
        Assert.Equal(("", false), Flush(2));
        Assert.Equal(("a", 0), tally.Note("a", Now.AddSeconds(2)));
    }

    [Fact]
    public void Note_MoreAddressesThanAreToldApart_CountsTheRestAsOne()
    {
        for (var i = 0; i < RefusalTally.MaxAddresses; i++)
        {
            Assert.Equal(($"a{i}", 0), tally.Note($"a{i}", Now));
        }

        Assert.Equal((RefusalTally.Others, 0), tally.Note("one more", Now));
        Assert.Null(tally.Note("and another", Now));
    }

    private (string LeftOut, bool AnyLeft) Flush(double seconds)
    {
        var (leftOut, anyLeft) = tally.Flush(Now.AddSeconds(seconds));
        return (string.Join(' ', leftOut), anyLeft);
    }
}
