using Escapement.Extensions;

namespace Escapement.Scheduling;

/// <summary>What pauses keep from starting, and what their end makes of it.</summary>
public sealed class HeldStretchTests
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly OccurrenceCalendar FiveMinutes = OccurrenceCalendar.For("*/5 * * * *", "UTC");

    private static readonly Pause Pause = new()
    {
        Id = Guid.NewGuid(),
        Layer = PauseLayer.Tenant,
        Since = Nine.AddMinutes(-4),
        Cause = PauseCause.Asked,
        Note = "move",
        By = "ops",
    };

    private static readonly Schedule Due = new()
    {
        Id = new ScheduleId(Guid.NewGuid()),
        Scope = new InstallScope(TenantId.Parse("acme"), new InstallId(Guid.NewGuid())),
        Endpoint = new EndpointKey("POST", "/api/sync"),
        Cron = "*/5 * * * *",
        TimeZone = "UTC",
        Enabled = true,
        NextDueAt = Nine,
        CreatedAt = Nine.AddDays(-1),
        UpdatedAt = Nine.AddDays(-1),
    };

    [Theory]
    [InlineData(-1, 0, 0)]
    [InlineData(0, 1, 0)]
    [InlineData(299, 1, 0)]
    [InlineData(300, 2, 5)]
    public void Of_Due_IsWhatCameDueSince(int seconds, int count, int lastMinute) => Assert.Equal(
        count == 0 ? null : new OccurrenceRange(Nine, Nine.AddMinutes(lastMinute), count), HeldStretch.Of(Due, Nine.AddSeconds(seconds)));

    // Pauses count from the start time: what is due but has not had its start yet is no part of them.
    [Fact]
    public void Of_Spread_CountsFromTheStart()
    {
        var spread = Due with { Policy = new SchedulePolicy { Spread = TimeSpan.FromMinutes(2) } };

        Assert.Null(HeldStretch.Of(spread, spread.NextStartAt!.Value.AddMilliseconds(-1)));
        Assert.Equal(1, HeldStretch.Of(spread, spread.NextStartAt!.Value)?.Count);
    }

    // However long a pause is, no more is counted than its end can run: counting a stretch of thousands of years takes a minute.
    [Fact]
    public void Recent_OfALongPause_BeginsWithinTheWindowAndTakesTheSame()
    {
        var (end, window) = (Nine.AddDays(400), TimeSpan.FromHours(24));
        var recent = HeldStretch.Recent(Due, end, window)!.Value;

        Assert.Equal(new OccurrenceRange(end - window, end, 289), recent);
        var release = new PauseRelease(Pause, end, PauseEnd.All);
        Assert.Equal(
            HeldStretch.Divide(HeldStretch.Of(Due, end)!.Value, release, FiveMinutes, new SchedulePolicy(), window, TimeSpan.Zero).Taken,
            HeldStretch.Divide(recent, release, FiveMinutes, new SchedulePolicy(), window, TimeSpan.Zero).Taken);
    }

    [Fact]
    public void Recent_OfAPauseWithinTheWindow_IsAllOfIt() =>
        Assert.Equal(HeldStretch.Of(Due, Nine.AddHours(24)), HeldStretch.Recent(Due, Nine.AddHours(24), TimeSpan.FromHours(24)));

    [Fact]
    public void Of_ZoneIsUnknownHere_IsNone() => Assert.Null(HeldStretch.Of(Due with { TimeZone = "Mars/Olympus_Mons" }, Nine.AddHours(1)));

    [Theory]
    [InlineData(PauseEnd.Next, 13, 0)]
    [InlineData(PauseEnd.Latest, 12, 1)]
    [InlineData(PauseEnd.All, 0, 13)]
    public void Divide_WithinTheWindow_RunsWhatTheEndSays(PauseEnd onEnd, int skipped, int taken)
    {
        var (left, runs) = Divide(onEnd, new SchedulePolicy(), minutes: 60);

        Assert.Equal((skipped, taken), (left?.Count ?? 0, runs?.Count ?? 0));
        Assert.Equal(taken == 0 ? Nine.AddHours(1) : runs?.To, Nine.AddHours(1));
        Assert.Equal(left?.To.AddMinutes(5) ?? Nine, runs?.From ?? Nine.AddMinutes(65));
    }

    [Theory]
    [InlineData(30, 100, 7)]
    [InlineData(30, 3, 3)]
    [InlineData(0, 100, 1)]
    public void Divide_All_TakesTheNewestWithinTheWindow(int window, int max, int taken)
    {
        var (left, runs) = Divide(PauseEnd.All, new SchedulePolicy { CatchUp = TimeSpan.FromMinutes(window), MissedMax = max }, minutes: 60);

        Assert.Equal(new OccurrenceRange(Nine.AddMinutes(60 - (5 * (taken - 1))), Nine.AddHours(1), taken), runs);
        Assert.Equal(new OccurrenceRange(Nine, runs!.Value.From.AddMinutes(-5), 13 - taken), left);
    }

    [Theory]
    [InlineData(PauseEnd.Latest)]
    [InlineData(PauseEnd.All)]
    public void Divide_AllOlderThanTheWindow_RunsNone(PauseEnd onEnd)
    {
        var (left, runs) = Divide(onEnd, new SchedulePolicy { CatchUp = TimeSpan.Zero }, minutes: 64);

        Assert.Equal((13, null), (left?.Count, runs));
    }

    [Theory]
    [InlineData(PauseEnd.Next, 0, 0)]
    [InlineData(PauseEnd.Latest, 20, 1)]
    [InlineData(PauseEnd.All, 0, 5)]
    public void Divide_ShownBeforeMoreCameDue_RunsWhatWasShownAlone(PauseEnd onEnd, int first, int taken)
    {
        var stretch = HeldStretch.Of(Due, Nine.AddMinutes(60))!.Value;
        var release = new PauseRelease(Pause, Nine.AddMinutes(60), onEnd) { ShownAt = Nine.AddMinutes(22) };

        var (left, runs) = HeldStretch.Divide(stretch, release, FiveMinutes, new SchedulePolicy(), TimeSpan.FromHours(24), TimeSpan.Zero);

        Assert.Equal(taken == 0 ? null : new OccurrenceRange(Nine.AddMinutes(first), Nine.AddMinutes(20), taken), runs);
        Assert.Equal((Nine.AddMinutes(60), 13 - taken), (left!.Value.To, left.Value.Count));
    }

    [Fact]
    public void Divide_ShownBeforeAnythingCameDue_RunsNone()
    {
        var stretch = HeldStretch.Of(Due, Nine.AddMinutes(60))!.Value;
        var release = new PauseRelease(Pause, Nine.AddMinutes(60), PauseEnd.All) { ShownAt = Nine.AddMinutes(-1) };

        Assert.Equal((stretch, null), HeldStretch.Divide(stretch, release, FiveMinutes, new SchedulePolicy(), TimeSpan.FromHours(24), TimeSpan.Zero));
    }

    private static (OccurrenceRange? Skipped, OccurrenceRange? Taken) Divide(PauseEnd onEnd, SchedulePolicy policy, int minutes)
    {
        var end = Nine.AddMinutes(minutes);
        var stretch = HeldStretch.Of(Due, end)!.Value;
        return HeldStretch.Divide(stretch, new PauseRelease(Pause, end, onEnd), FiveMinutes, policy, TimeSpan.FromHours(24), TimeSpan.Zero);
    }
}
