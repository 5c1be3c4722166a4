using Escapement.Extensions;

namespace Escapement.Scheduling;

/// <summary>Schedules that follow their install to another version.</summary>
public sealed class EndpointHoldTests
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly Guid Id = Guid.NewGuid();

    private static readonly Schedule Running = new()
    {
        Id = new ScheduleId(Guid.NewGuid()),
        Scope = new InstallScope(TenantId.Parse("acme"), new InstallId(Guid.NewGuid())),
        Endpoint = new EndpointKey("POST", "/api/sync"),
        Cron = "*/5 * * * *",
        TimeZone = "UTC",
        Enabled = true,
        NextDueAt = Nine.AddMinutes(5),
        CreatedAt = Nine.AddDays(-1),
        UpdatedAt = Nine.AddDays(-1),
    };

    [Fact]
    public void Follow_VersionHasTheEndpoint_ChangesNothing() => Assert.Same(Running, Follow(Running, has: true));

    [Fact]
    public void Follow_VersionLacksTheEndpoint_HoldsAndSaysWhyAndStaysEnabled()
    {
        var held = Follow(Running, has: false);

        const string note = "Endpoint not found or not schedulable: POST /api/sync is not in version 2.0.0";
        Assert.Equal((PauseCause.EndpointGone, note, Id), held.Pause is { } pause ? (pause.Cause, pause.Note, pause.Id) : default);
        Assert.Equal((true, note), (held.Enabled, held.LastError));
    }

    [Fact]
    public void Follow_VersionBringsItBack_LetsGoAtOnce()
    {
        var back = EndpointHold.Follow(Follow(Running, has: false), _ => true, "2.0.1", () => Id, Nine.AddMinutes(12));

        Assert.Equal((Nine.AddMinutes(12), null, Nine.AddMinutes(5)), (back.Pause?.EndedAt, back.LastError, back.ClaimAt));
        Assert.False(back.Pause!.HoldsAt(Nine.AddMinutes(12)));
    }

    [Fact]
    public void Follow_PausedBySomebody_LeavesThatPause()
    {
        var mine = new Pause { Id = Guid.NewGuid(), Layer = PauseLayer.Schedule, Since = Nine, Cause = PauseCause.Asked, Note = "mine", By = "ops" };

        Assert.Equal(mine, Follow(Running with { Pause = mine }, has: false).Pause);
        Assert.Equal(mine, Follow(Running with { Pause = mine }, has: true).Pause);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Follow_AnyVersion_CountsFailuresFromNone(bool has) => Assert.Equal(0, Follow(Running with { FailuresInARow = 7 }, has).FailuresInARow);

    [Fact]
    public void Release_NothingIsDueEver_LeavesNoPause() =>
        Assert.Null(EndpointHold.Release(Follow(Running with { Enabled = false, NextDueAt = null }, has: false), Nine).Pause);

    private static Schedule Follow(Schedule schedule, bool has) => EndpointHold.Follow(schedule, _ => has, "2.0.0", () => Id, Nine);
}
