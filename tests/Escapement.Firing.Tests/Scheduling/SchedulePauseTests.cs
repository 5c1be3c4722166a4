using Escapement.Extensions;

namespace Escapement.Scheduling;

/// <summary>What a pause keeps from starting, and how it ends.</summary>
public sealed class SchedulePauseTests
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly ScheduleChangeLimits Limits = new(Nine.AddMinutes(12), 50, new TokenBucket(2, 60));
    private static readonly ChangeGate Gate = ChangeGate.Of(installEnabled: true, rateLevel: null, rateAt: null, Limits);

    private static readonly Schedule Paused = new()
    {
        Id = new ScheduleId(Guid.NewGuid()),
        Scope = new InstallScope(TenantId.Parse("acme"), new InstallId(Guid.NewGuid())),
        Endpoint = new EndpointKey("POST", "/api/sync"),
        Cron = "*/5 * * * *",
        TimeZone = "UTC",
        Enabled = true,
        NextDueAt = Nine,
        LastDueAt = Nine.AddMinutes(-5),
        Pause = new SchedulePause(Nine.AddMinutes(-4), PauseCause.Failures, "Paused after 20 failed runs in a row"),
        FailuresInARow = 20,
        CreatedAt = Nine.AddDays(-1),
        UpdatedAt = Nine.AddDays(-1),
    };

    [Theory]
    [InlineData(-1, 0, 0)]
    [InlineData(0, 1, 0)]
    [InlineData(299, 1, 0)]
    [InlineData(300, 2, 5)]
    public void Stretch_Paused_IsWhatCameDueSince(int seconds, int count, int lastMinute) => Assert.Equal(
        count == 0 ? null : new OccurrenceRange(Nine, Nine.AddMinutes(lastMinute), count), SchedulePause.Stretch(Paused, Nine.AddSeconds(seconds)));

    // Pauses count from the start time: what is due but has not had its start yet is no part of them.
    [Fact]
    public void Stretch_Spread_CountsFromTheStart()
    {
        var spread = Paused with { Policy = new SchedulePolicy { Spread = TimeSpan.FromMinutes(2) } };

        Assert.Null(SchedulePause.Stretch(spread, spread.NextStartAt!.Value.AddMilliseconds(-1)));
        Assert.Equal(1, SchedulePause.Stretch(spread, spread.NextStartAt!.Value)?.Count);
    }

    [Fact]
    public void Stretch_ZoneIsUnknownHere_IsNone() =>
        Assert.Null(SchedulePause.Stretch(Paused with { TimeZone = "Mars/Olympus_Mons" }, Nine.AddHours(1)));

    [Fact]
    public void End_Paused_GoesOnBehindTheStretchWithNoFailures()
    {
        var after = SchedulePause.End(Paused, Nine.AddMinutes(12));

        Assert.Equal((null, 0, Nine.AddMinutes(15)), (after.Pause, after.FailuresInARow, after.NextDueAt));
    }

    [Fact]
    public void End_NotPaused_ChangesNothing()
    {
        var schedule = Paused with { Pause = null };

        Assert.Same(schedule, SchedulePause.End(schedule, Nine.AddHours(1)));
    }

    [Fact]
    public void ClaimAt_Paused_IsNever() => Assert.Null((Paused with { Waiting = new Waiting { Due = Nine } }).ClaimAt);

    [Fact]
    public void Update_EnabledAgainByAnExtension_LeavesThePause()
    {
        var off = Update(Paused, Paused with { Enabled = false, NextDueAt = null });
        var on = Update(off, off with { Enabled = true, NextDueAt = Nine.AddMinutes(15) });

        Assert.Equal((Paused.Pause, Nine.AddMinutes(10), null), (on.Pause, on.LastDueAt, on.ClaimAt));
    }

    [Fact]
    public void Update_ClockWasSetBackWithinThePause_NeverUncoversAnything()
    {
        var schedule = Paused with { LastDueAt = Nine.AddHours(1) };

        var after = Update(schedule, SchedulePause.End(schedule, Limits.Now));

        Assert.Equal(Nine.AddHours(1), after.LastDueAt);
    }

    private static Schedule Update(Schedule before, Schedule wanted) =>
        ScheduleRules.Update(Gate, before, wanted, nameTaken: false, endpointThere: true, Limits).Schedule!;
}
