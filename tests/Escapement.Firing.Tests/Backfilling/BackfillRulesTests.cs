using Escapement.Extensions;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Backfilling;

public sealed class BackfillRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly BackfillRange Range = new(Hour(-4), Hour(-1), BackfillOf.Missing);

    private static readonly Schedule Stored = new()
    {
        Id = new ScheduleId(Guid.NewGuid()),
        Scope = new InstallScope(TenantId.Parse("acme"), new InstallId(Guid.NewGuid())),
        Endpoint = new EndpointKey("POST", "/api/sync"),
        Cron = "0 * * * *",
        TimeZone = "UTC",
        Enabled = true,
        NextDueAt = Now.AddHours(1),
        CreatedAt = Now.AddDays(-30),
        UpdatedAt = Now.AddDays(-30),
    };

    private static readonly ScheduleDefinition Hourly = new()
    {
        Cron = "0 * * * *",
        TimeZone = "UTC",
        State = DefinitionState.Due,
        Since = Hour(-48),
        By = "ops",
    };

    private static readonly Backfill Wanted = new()
    {
        Id = Guid.NewGuid(),
        From = Range.From,
        To = Range.To,
        Of = Range.Of,
        Note = "was down",
        By = "ops",
        Since = Now,
        Total = 0,
        Left = [],
    };

    private static readonly BackfillGround Ground = new(Stored, [Hourly], []) { InstallEnabled = true, LatestDueAt = Hour(-9) };

    [Fact]
    public void Begin_SomeOfWhatWasShownRanSince_LeavesThatOutAndAddsNothing()
    {
        var ran = new OccurrenceRun(new RunId(Guid.NewGuid()), Hour(-3), RunState.Queued, Now);

        var change = BackfillRules.Begin(Ground with { Runs = [ran] }, Range, [Hour(-3), Hour(-2)], Wanted);

        var done = Assert.IsType<BackfillOutcome.Done>(change.Outcome);
        Assert.Equal([Hour(-3)], done.LeftOut);
        Assert.Equal([Hour(-2)], done.Backfill.Left.Select(o => o.At));
        Assert.Equal((1, Hour(-9)), (done.Backfill.Total, done.Backfill.LatestDueAt));
        Assert.Equal((done.Backfill, Now), (change.After!.Waiting!.Backfill, change.After.ClaimAt));
        Assert.Equal("1 occurrence, at 2026-03-02T10:00:00.000Z: was down", change.Detail);
    }

    [Fact]
    public void Begin_NothingOfItIsLeft_IsRefused() =>
        Assert.Equal(new BackfillOutcome.NothingLeft(), BackfillRules.Begin(Ground, Range, [Hour(-2.5)], Wanted).Outcome);

    [Fact]
    public void Begin_AnotherIsOpenOrNothingMayFire_IsRefused()
    {
        var open = Stored with { Waiting = new Waiting { Backfill = Wanted } };

        Assert.Equal(new BackfillOutcome.AlreadyOpen(), BackfillRules.Begin(Ground with { Schedule = open }, Range, [Hour(-2)], Wanted).Outcome);
        Assert.Equal(
            new BackfillOutcome.ScheduleDisabled(),
            BackfillRules.Begin(Ground with { Schedule = Stored with { Enabled = false } }, Range, [Hour(-2)], Wanted).Outcome);
        Assert.Equal(
            new BackfillOutcome.InstallDisabled(), BackfillRules.Begin(Ground with { InstallEnabled = false }, Range, [Hour(-2)], Wanted).Outcome);
    }

    [Fact]
    public void Steer_OneThatIsThere_KeepsWhatElseWaits()
    {
        var waiting = new Waiting { Due = Hour(0), Backfill = Wanted with { Left = [new(Hour(-2))] }, CatchUpRun = new RunId(Guid.NewGuid()) };
        var ground = Ground with { Schedule = Stored with { Waiting = waiting } };

        var paused = BackfillRules.Pause(ground, Now).After!.Waiting!;
        Assert.Equal((true, Hour(0)), (paused.Backfill!.IsPaused, paused.Due));
        Assert.False(BackfillRules.Resume(ground with { Schedule = Stored with { Waiting = paused } }, Now).After!.Waiting!.Backfill!.IsPaused);
        Assert.Equal(new Waiting { Due = Hour(0) }, BackfillRules.Cancel(ground, Now).After!.Waiting);
    }

    [Fact]
    public void Steer_NoneIsThere_IsRefused()
    {
        Assert.IsType<BackfillOutcome.NoBackfill>(BackfillRules.Pause(Ground, Now).Outcome);
        Assert.IsType<BackfillOutcome.NoBackfill>(BackfillRules.Resume(Ground, Now).Outcome);
        Assert.IsType<BackfillOutcome.NoBackfill>(BackfillRules.Cancel(Ground, Now).Outcome);
    }

    private static DateTimeOffset Hour(double hours) => Now.AddHours(hours);
}
