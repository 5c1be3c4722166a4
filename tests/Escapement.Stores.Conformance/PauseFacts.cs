using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Escapement.Installs;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Stores.Conformance;

/// <summary>Failures in a row, the pause that follows from them, and what it keeps from starting.</summary>
public abstract class PauseFacts(IStoreFixture store) : StoreFacts(store)
{
    private static readonly SchedulePause Paused = new(Minute(5).AddSeconds(1), PauseCause.Failures, "Paused after 2 failed runs in a row");

    [Fact]
    public async Task Complete_Failures_AreCountedAndTheLastPauses()
    {
        var schedule = await Created(await Installed(), Minute(0));
        await Fail(Minute(0));
        var once = await Reloaded(schedule);
        Assert.Equal((1, null, Minute(5)), (once.FailuresInARow, once.Pause, once.NextDueAt));

        await Fail(Minute(5));

        var twice = await Reloaded(schedule);
        Assert.Equal((2, Paused, true), (twice.FailuresInARow, twice.Pause, twice.Enabled));
        Assert.Equal("Paused after 2 failed runs in a row. The last: The endpoint answered 500", twice.LastError);
        Assert.Equal((null, Minute(10)), (twice.ActiveRun, twice.NextDueAt));
        Assert.Empty((await Claim(Minute(60))).Runs);
        Assert.Null(await Store.Claims.PeekAsync(T0));
    }

    [Fact]
    public async Task Complete_Success_SetsTheCountBack()
    {
        var schedule = await Created(await Installed(), Minute(0));
        await Fail(Minute(0));
        var run = Assert.Single((await Claim(Minute(5))).Runs);
        Assert.Equal(1, run.Failures);

        await Complete(Succeeded(run, Minute(5)) with { FailuresBefore = run.Failures, PauseAfterFailures = 2 });

        Assert.Equal(0, (await Reloaded(schedule)).FailuresInARow);
        await Fail(Minute(10));
        Assert.Null((await Reloaded(schedule)).Pause);
    }

    [Fact]
    public async Task Complete_FailureAfterARetry_CountsOneAndKnowsThoseBefore()
    {
        var schedule = await Created(await Installed(), Minute(0));
        await Fail(Minute(0));
        var run = Assert.Single((await Claim(Minute(5))).Runs);
        await Complete(Failed(run, Minute(5), retryAt: Minute(6)) with { FailuresBefore = run.Failures, PauseAfterFailures = 3 });
        Assert.Equal(1, (await Reloaded(schedule)).FailuresInARow);

        var again = Assert.Single((await Claim(Minute(6))).Runs);

        Assert.Equal(1, again.Failures);
        await Complete(Failed(again, Minute(6)) with { FailuresBefore = again.Failures, PauseAfterFailures = 3 });
        Assert.Equal((2, null), ((await Reloaded(schedule)).FailuresInARow, (await Reloaded(schedule)).Pause));
    }

    [Fact]
    public async Task Complete_CountWasSetBackMeanwhile_CountsNothingAndPausesNothing()
    {
        var schedule = await Created(await Installed(), Minute(0));
        await Fail(Minute(0));
        var run = Assert.Single((await Claim(Minute(5))).Runs);
        await Change(schedule, s => s with { FailuresInARow = 0 }, Minute(5));

        await Complete(Failed(run, Minute(5)) with { FailuresBefore = run.Failures, PauseAfterFailures = 2 });

        var after = await Reloaded(schedule);
        Assert.Equal((0, null, "The endpoint answered 500"), (after.FailuresInARow, after.Pause, after.LastError));
    }

    [Fact]
    public async Task Recover_RunIsGivenUp_NeitherCountsNorSetsBack()
    {
        var schedule = await Created(await Installed(), Minute(0));
        await Fail(Minute(0));
        await Claim(Minute(5));

        Assert.Equal(new RecoveredRuns(0, 1), await Store.Claims.RecoverAsync(Recovery(Minute(7), maxLostAttempts: 1)));

        Assert.Equal(1, (await Reloaded(schedule)).FailuresInARow);
    }

    [Fact]
    public async Task RunNow_WhilePaused_RunsAndLeavesThePause()
    {
        var schedule = await PausedSchedule();
        await Store.Runs.RunNowAsync(schedule.Scope, schedule.Id, new RunId(NewId()), Minute(6), "ops", Entry("schedule.run-now"));
        var run = Assert.Single((await Claim(Minute(6))).Runs);

        await Complete(Failed(run, Minute(6)) with { FailuresBefore = run.Failures, PauseAfterFailures = 2 });

        var after = await Reloaded(schedule);
        Assert.Equal((3, Paused, null), (after.FailuresInARow, after.Pause, after.ActiveRun));
        Assert.Empty((await Claim(Minute(60))).Runs);
    }

    [Fact]
    public async Task Resume_AfterAWhile_WritesTheStretchAsOneRowAndGoesOn()
    {
        var schedule = await PausedSchedule();

        var change = await Change(schedule, s => SchedulePause.End(s, Minute(22)), Minute(22));

        Assert.Equal((null, 0, Minute(25), Minute(20)), (change.Pause, change.FailuresInARow, change.NextDueAt, change.LastDueAt));
        Assert.Equal(change, await Reloaded(schedule));
        await IsStretch(schedule, Minute(20), count: 3, at: Minute(22));
        Assert.Equal(Minute(25), Assert.Single((await Claim(Minute(25))).Runs).DueAt);
    }

    [Fact]
    public async Task Resume_BeforeAnythingWasDue_WritesNoRowAndGoesOn()
    {
        var schedule = await PausedSchedule();

        await Change(schedule, s => SchedulePause.End(s, Minute(9)), Minute(9));

        Assert.Equal([RunState.Failed, RunState.Failed], (await Ledger(schedule)).Select(r => r.State));
        Assert.Equal(Minute(10), Assert.Single((await Claim(Minute(10))).Runs).DueAt);
    }

    [Fact]
    public async Task Resume_SomethingWaited_OpensItAtOnce()
    {
        var schedule = await Created(NewSchedule(await Installed(), Minute(0)) with { Policy = new SchedulePolicy { Overlap = OverlapPolicy.QueueOne } });
        await Fail(Minute(0));
        var run = Assert.Single((await Store.Claims.ClaimAsync(Request(Minute(5), plan: Planned(Minute(5))))).Runs);
        await Store.Claims.ClaimAsync(Request(Minute(10), plan: Planned(Minute(10))));
        await Complete(Failed(run, Minute(11)) with { FailuresBefore = run.Failures, PauseAfterFailures = 2 });
        Assert.Empty((await Store.Claims.ClaimAsync(Request(Minute(12), plan: Planned(Minute(12))))).Runs);

        await Change(schedule, s => SchedulePause.End(s, Minute(12)), Minute(12));

        Assert.Equal(Minute(10), Assert.Single((await Store.Claims.ClaimAsync(Request(Minute(12), plan: Planned(Minute(12))))).Runs).DueAt);
    }

    [Fact]
    public async Task Update_OtherTimesWhilePaused_ClosesTheStretchAndStaysPaused()
    {
        var schedule = await PausedSchedule();

        var change = await Change(schedule, s => s with { Cron = "*/10 * * * *", NextDueAt = Minute(30) }, Minute(22));

        Assert.Equal((Paused, Minute(30), Minute(20)), (change.Pause, change.NextDueAt, change.LastDueAt));
        await IsStretch(schedule, Minute(20), count: 3, at: Minute(22));
        Assert.Empty((await Claim(Minute(60))).Runs);
        await Change(schedule, s => SchedulePause.End(s, Minute(45)), Minute(45));
        await IsStretch(schedule, Minute(40), count: 2, at: Minute(45));
    }

    [Fact]
    public async Task Update_NameWhilePaused_LeavesTheStretchOpen()
    {
        var schedule = await PausedSchedule();

        var change = await Change(schedule, s => s with { Name = "other" }, Minute(22));

        Assert.Equal((Paused, Minute(10)), (change.Pause, change.NextDueAt));
        Assert.DoesNotContain(await Ledger(schedule), r => r.State == RunState.Skipped);
    }

    [Fact]
    public async Task Delete_WhilePaused_WritesTheStretch()
    {
        var schedule = await PausedSchedule();

        await Store.Schedules.DeleteAsync(schedule.Scope, schedule.Id, Limits(Minute(22)), Entry("schedule.delete"));

        await IsStretch(schedule, Minute(20), count: 3, at: Minute(22));
    }

    [Fact]
    public async Task Install_DisabledAndEnabledWhilePaused_WritesTheStretchAndStaysPaused()
    {
        var schedule = await PausedSchedule();

        await Store.Installs.SetEnabledAsync(schedule.Scope, false, Minute(22), s => s with { NextDueAt = null }, Entry("install.disable"));

        await IsStretch(schedule, Minute(20), count: 3, at: Minute(22));
        Assert.Equal((null, Minute(20), Paused), await Reloaded(schedule) is var off ? (off.NextDueAt, off.LastDueAt, off.Pause) : default);
        await Store.Installs.SetEnabledAsync(schedule.Scope, true, Minute(32), s => s with { NextDueAt = Minute(35) }, Entry("install.enable"));
        Assert.Equal((Minute(35), Paused), await Reloaded(schedule) is var on ? (on.NextDueAt, on.Pause) : default);
        Assert.Empty((await Claim(Minute(60))).Runs);
    }

    private static Func<DueSchedule, OccurrencePlan> Planned(DateTimeOffset now) => due => new OccurrencePlanner(TimeSpan.FromHours(24)).Plan(due, now);

    private async Task<Schedule> PausedSchedule()
    {
        var schedule = await Created(await Installed(), Minute(0));
        await Fail(Minute(0));
        await Fail(Minute(5));
        return schedule;
    }

    private async Task Fail(DateTimeOffset at)
    {
        var run = Assert.Single((await Claim(at)).Runs);
        await Complete(Failed(run, at) with { FailuresBefore = run.Failures, PauseAfterFailures = 2 });
    }

    private async Task<Schedule> Change(Schedule schedule, Func<Schedule, Schedule> change, DateTimeOffset now) =>
        (await Store.Schedules.UpdateAsync(schedule.Scope, schedule.Id, change, Limits(now), Entry("schedule.update"))).Schedule!;

    private async Task IsStretch(Schedule schedule, DateTimeOffset last, int count, DateTimeOffset at)
    {
        var row = (await Ledger(schedule))[0];
        Assert.Equal((last, RunState.Skipped, RunReason.Paused, (DateTimeOffset?)at), (row.DueAt, row.State, row.Reason, row.FinishedAt));
        Assert.Equal((count, (DateTimeOffset?)last), (row.MissedCount, row.MissedTo));
    }
}
