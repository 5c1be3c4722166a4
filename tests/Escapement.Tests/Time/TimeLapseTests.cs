using Escapement.Time;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Tests.Time;

public sealed class TimeLapseTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider real = new(Start);

    [Fact]
    public void Clock_ASecondPasses_IsAMinuteLater()
    {
        var clock = new TimeLapse(60, real);
        Assert.Equal(Start, clock.GetUtcNow());
        var from = clock.GetTimestamp();
        real.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Start.AddMinutes(1), clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromMinutes(1), clock.GetElapsedTime(from));
    }

    [Fact]
    public void Timer_DueInAMinute_RingsAfterARealSecondAndAgain()
    {
        var clock = new TimeLapse(60, real);
        var rung = 0;
        using var timer = clock.CreateTimer(_ => rung++, null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2));
        real.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Equal(0, rung);
        real.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, rung);
        real.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(2, rung);
    }

    [Fact]
    public void Timer_LessThanARealMillisecond_NeverRingsBeforeItsTime()
    {
        var clock = new TimeLapse(60, real);
        DateTimeOffset? at = null;
        using var timer = clock.CreateTimer(_ => at ??= clock.GetUtcNow(), null, TimeSpan.FromMilliseconds(90), Timeout.InfiniteTimeSpan);
        real.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(at);
        real.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(at >= Start.AddMilliseconds(90));
    }

    [Fact]
    public void Timer_ChangedToNever_DoesNotRing()
    {
        var clock = new TimeLapse(60, real);
        var rung = 0;
        using var timer = clock.CreateTimer(_ => rung++, null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);
        Assert.True(timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        real.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, rung);
        Assert.True(timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
        Assert.Equal(1, rung);
    }

    [Theory]
    [InlineData(0.99)]
    [InlineData(1000.01)]
    [InlineData(double.NaN)]
    public void Factor_OutOfRange_IsRefused(double factor) => Assert.Throws<ArgumentOutOfRangeException>(() => new TimeLapse(factor, real));
}
