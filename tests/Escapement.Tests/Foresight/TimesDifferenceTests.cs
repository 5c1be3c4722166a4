using Escapement.Foresight;

namespace Escapement.Tests.Foresight;

public sealed class TimesDifferenceTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Between_AnotherHour_MovesEveryDay()
    {
        var difference = TimesDifference.Between(("0 9 * * *", "UTC"), ("0 10 * * *", "UTC"), Now);
        Assert.Empty(difference.Added);
        Assert.Empty(difference.Lost);
        Assert.Equal(30, difference.Moved.Count);
        Assert.All(difference.Moved, m => Assert.Equal(TimeSpan.FromHours(1), m.To - m.From));
    }

    // Whatever the time of day is: of a day nine o'clock may be over and ten to come, and the last day may not be cut between them.
    [Theory]
    [InlineData(0, 0, 0, 31)]
    [InlineData(8, 59, 0, 31)]
    [InlineData(9, 0, 1, 30)]
    [InlineData(9, 30, 1, 30)]
    [InlineData(10, 0, 0, 30)]
    [InlineData(23, 59, 0, 30)]
    public void Between_AnotherHour_LosesNothingAtAnyTimeOfDay(int hour, int minute, int added, int moved)
    {
        var now = new DateTimeOffset(2026, 6, 1, hour, minute, 0, TimeSpan.Zero);
        var difference = TimesDifference.Between(("0 9 * * *", "UTC"), ("0 10 * * *", "UTC"), now);
        Assert.Equal((added, 0, moved), (difference.Added.Count, difference.Lost.Count, difference.Moved.Count));
    }

    [Fact]
    public void Between_OtherDays_AddsAndLoses()
    {
        var difference = TimesDifference.Between(("0 9 * * 1-5", "UTC"), ("0 9 * * *", "UTC"), Now);
        Assert.Equal((8, 0, 0), (difference.Added.Count, difference.Lost.Count, difference.Moved.Count));
        Assert.All(difference.Added, a => Assert.True(a.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday));
        var back = TimesDifference.Between(("0 9 * * *", "UTC"), ("0 9 * * 1-5", "UTC"), Now);
        Assert.Equal((0, 8, 0), (back.Added.Count, back.Lost.Count, back.Moved.Count));
    }

    [Fact]
    public void Between_TheSame_IsNothing()
    {
        var difference = TimesDifference.Between(("*/5 * * * *", "UTC"), ("*/5 * * * *", "Etc/UTC"), Now);
        Assert.Equal((0, 0, 0), (difference.Added.Count, difference.Lost.Count, difference.Moved.Count));
    }

    [Fact]
    public void Between_WhatCannotBeReadAndWhatCan_AddsAllOfThat() =>
        Assert.Equal(30, TimesDifference.Between(("broken", "UTC"), ("0 9 * * *", "UTC"), Now).Added.Count);
}
