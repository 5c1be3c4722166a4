using Escapement.Extensions;

namespace Escapement.Scheduling;

/// <summary>How a schedule comes back while time went on: it counts from now.</summary>
public sealed class RestoringTests
{
    private static readonly DateTimeOffset Removed = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Now = Removed.AddHours(3.5);

    private static readonly Schedule Kept = new()
    {
        Id = new ScheduleId(Guid.NewGuid()),
        Scope = new InstallScope(TenantId.Parse("acme"), new InstallId(Guid.NewGuid())),
        Endpoint = new EndpointKey("POST", "/api/sync"),
        Cron = "0 * * * *",
        TimeZone = "UTC",
        Enabled = true,
        LastDueAt = Removed,
        CreatedAt = Removed.AddDays(-1),
        UpdatedAt = Removed,
    };

    [Fact]
    public void Of_AfterAWhile_IsNextDueAfterNow() => Assert.Equal(Removed.AddHours(4), Restoring.Of(Kept, Now).NextDueAt);

    // Of a clock that was set back nothing fires twice.
    [Fact]
    public void Of_LatestInTheLedgerLiesAhead_CountsFromThat() =>
        Assert.Equal(Now.AddHours(2.5), Restoring.Of(Kept with { LastDueAt = Now.AddHours(1.5) }, Now).NextDueAt);

    [Fact]
    public void Of_Disabled_StaysSo()
    {
        var back = Restoring.Of(Kept with { Enabled = false }, Now);

        Assert.Equal((false, null), (back.Enabled, back.NextDueAt));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void Of_PauseOneStepEitherSideOfItsEnd_IsThereOrGone(int milliseconds, bool isThere)
    {
        var pause = new Pause
        {
            Id = Guid.NewGuid(),
            Layer = PauseLayer.Schedule,
            Since = Removed.AddHours(-1),
            Until = Now.AddMilliseconds(milliseconds),
            OnEnd = PauseEnd.All,
            Cause = PauseCause.Asked,
            Note = "move",
            By = "ops",
        };

        Assert.Equal(isThere ? pause : null, Restoring.Of(Kept with { Pause = pause }, Now).Pause);
        Assert.Null(Restoring.Of(Kept with { Pause = pause with { Until = null, EndedAt = Now } }, Now).Pause);
    }

    [Fact]
    public void Of_SkipsOfTheTimeBetween_AreDropped()
    {
        OccurrenceSkip[] skips = [.. new[] { 2, 3, 4 }.Select(h => new OccurrenceSkip { At = Removed.AddHours(h), Note = "x", By = "ops", Since = Removed })];

        Assert.Equal(Removed.AddHours(4), Assert.Single(Restoring.Of(Kept with { Skips = skips }, Now).Skips).At);
    }
}
