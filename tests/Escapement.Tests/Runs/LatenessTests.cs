namespace Escapement.Runs;

public sealed class LatenessTests
{
    private static readonly DateTimeOffset Due = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, null, null)]
    [InlineData(1, 1, 1)]
    [InlineData(2, 1, 2)]
    [InlineData(99, 50, 99)]
    [InlineData(100, 50, 99)]
    [InlineData(101, 51, 100)]
    [InlineData(1_000, 500, 990)]
    public void Of_SoManyThatStartedLaterAndLater_SaysTheMiddleAndTheMost(int count, int? median, int? most)
    {
        var late = Lateness.Of(Due, Due, [.. Enumerable.Range(1, count).Reverse().Select(s => new StartedOccurrence(Due, Due.AddSeconds(s)))], new(0, null));
        Assert.Equal((count, Seconds(median), Seconds(most)), (late.Starts, late.Median, late.Most));
    }

    [Fact]
    public void Of_OneThatStartedEarly_WasNotLate() =>
        Assert.Equal(TimeSpan.Zero, Lateness.Of(Due, Due, [new StartedOccurrence(Due, Due.AddSeconds(-1))], new(0, null)).Most);

    private static TimeSpan? Seconds(int? seconds) => seconds is { } s ? TimeSpan.FromSeconds(s) : null;
}
