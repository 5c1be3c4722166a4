using Escapement.Audit;
using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Escapement.Installs;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Stores.Conformance;

/// <summary>Failures in a row, the pause that follows from them, and what it keeps from starting.</summary>
public abstract class PauseFacts(IStoreFixture store) : StoreFacts(store)
{
    [Fact]
    public async Task Complete_Failures_AreCountedAndTheLastPauses()
    {
        var schedule = await Created(await Installed(), Minute(0));
        await Fail(Minute(0));
        var once = await Reloaded(schedule);
        Assert.Equal((1, null, Minute(5)), (once.FailuresInARow, once.Pause, once.NextDueAt));

        await Fail(Minute(5));

        var twice = await Reloaded(schedule);
        Assert.Equal((2, true), (twice.FailuresInARow, twice.Enabled));
        IsPausedForFailures(twice);
        Assert.Equal("Paused after 2 failed runs in a row. The last: The endpoint answered 500", twice.LastError);
        Assert.Equal((null, Minute(10)), (twice.ActiveRun, twice.NextDueAt));
        var entry = Assert.Single(await Store.Audit.ListAsync(Acme, 10), e => e.Action == "schedule.pause");
        Assert.Equal((Actor.Host, schedule.Id.ToString(), twice.Pause!.Note), (entry.Actor, entry.Target, entry.Detail));
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
    public async Task RunNow_WhilePaused_RunsAndLeavesThePauseAndWhatItSays()
    {
        var schedule = await PausedSchedule();
        await Store.Runs.RunNowAsync(schedule.Scope, schedule.Id, new RunId(NewId()), Minute(6), "ops", Entry("schedule.run-now"));
        var run = Assert.Single((await Claim(Minute(6))).Runs);

        await Complete(Failed(run, Minute(6)) with { FailuresBefore = run.Failures, PauseAfterFailures = 2 });

        var after = await Reloaded(schedule);
        Assert.Equal((3, null), (after.FailuresInARow, after.ActiveRun));
        Assert.Equal("Paused after 2 failed runs in a row. The last: The endpoint answered 500", after.LastError);
        IsPausedForFailures(after);
        Assert.Empty((await Claim(Minute(60))).Runs);
    }

    [Fact]
    public async Task Claim_Held_PutsItAsideOnce()
    {
        var schedule = await PausedSchedule();

        await Claim(Minute(10));

        var aside = await Reloaded(schedule);
        Assert.Equal((Minute(10), aside.Pause, Minute(0)), (aside.NextDueAt, aside.Held, aside.LastDueAt!.Value.AddMinutes(-5)));
        Assert.Equal(0, (await Claim(Minute(60))).Skipped);
        Assert.DoesNotContain(await Ledger(schedule), r => r.State == RunState.Skipped);
    }

    [Fact]
    public async Task Claim_AfterAPauseWasTakenBack_HasTheFailuresThatThereWere()
    {
        var schedule = await FailedOnce();
        var paused = await Pause(schedule, Minute(6), until: null);
        Assert.Empty((await Claim(Minute(10))).Runs);

        await Change(paused, s => s with { Pause = s.Pause! with { EndedAt = Minute(12) } }, Minute(12));
        var run = Assert.Single((await Claim(Minute(15))).Runs);

        Assert.Equal((1, 1), (run.Failures, (await Reloaded(schedule)).FailuresInARow));
    }

    [Fact]
    public async Task Claim_AfterAPauseEndedByItself_CountsFailuresAnew()
    {
        var schedule = await FailedOnce();
        await Pause(schedule, Minute(6), until: Minute(12));
        Assert.Empty((await Claim(Minute(10))).Runs);

        var run = Assert.Single((await Claim(Minute(15))).Runs);

        Assert.Equal((0, 0), (run.Failures, (await Reloaded(schedule)).FailuresInARow));
    }

    [Theory]
    [InlineData(PauseEnd.Next, 3, null)]
    [InlineData(PauseEnd.Latest, 2, 20)]
    [InlineData(PauseEnd.All, 0, 10)]
    public async Task Resume_AfterAWhile_WritesTheStretchAsOneRowAndGoesOn(PauseEnd onEnd, int skipped, int? runs)
    {
        var schedule = await PausedSchedule();
        await Claim(Minute(10));

        await Resume(schedule, Minute(22), onEnd);
        var fired = await Plan(Minute(22));

        Assert.Equal(runs is { } minute ? [Minute(minute)] : [], fired.Select(r => r.DueAt));
        var after = await Reloaded(schedule);
        Assert.Equal((null, null, 0), (after.Pause, after.Held, after.FailuresInARow));
        Assert.Equal((Minute(25), Minute(20)), (after.NextDueAt, after.LastDueAt));
        if (skipped > 0)
        {
            await IsStretch(schedule, Minute(skipped == 3 ? 20 : 15), skipped, Minute(22));
        }
    }

    // Whoever watches is to hear of the end, which nobody brought about.
    [Fact]
    public async Task Claim_OwnPauseEndsByItself_SaysSo()
    {
        var schedule = await Created(await Installed(), Minute(5));
        await Pause(schedule, Minute(1), until: Minute(7));
        Assert.Empty((await Claim(Minute(5))).Changed);

        Assert.Equal([new ChangedByClaim(Acme, schedule.Id, IsResumed: true)], (await Claim(Minute(7))).Changed);
        Assert.Empty((await Claim(Minute(10))).Changed);
    }

    [Fact]
    public async Task Resume_BeforeAnythingWasDue_WritesNoRowAndGoesOn()
    {
        var schedule = await PausedSchedule();

        await Resume(schedule, Minute(9), PauseEnd.Next);
        await Plan(Minute(9));

        Assert.Equal([RunState.Failed, RunState.Failed], (await Ledger(schedule)).Select(r => r.State));
        Assert.Null((await Reloaded(schedule)).Pause);
        Assert.Equal(Minute(10), Assert.Single((await Claim(Minute(10))).Runs).DueAt);
    }

    [Fact]
    public async Task Resume_SomethingWaited_OpensItAtOnce()
    {
        var schedule = await Created(NewSchedule(await Installed(), Minute(0)) with { Policy = new SchedulePolicy { Overlap = OverlapPolicy.QueueOne } });
        await Fail(Minute(0));
        var run = Assert.Single(await Plan(Minute(5)));
        await Plan(Minute(10));
        await Complete(Failed(run, Minute(11)) with { FailuresBefore = run.Failures, PauseAfterFailures = 2 });
        Assert.Empty(await Plan(Minute(12)));

        await Resume(schedule, Minute(12), PauseEnd.Next);

        Assert.Equal(Minute(10), Assert.Single(await Plan(Minute(12))).DueAt);
    }

    [Fact]
    public async Task Claim_PauseEndsByItself_GoesOnAndPeekKnowsIt()
    {
        var schedule = await Created(await Installed(), Minute(10));
        await Pause(schedule, Minute(5), until: Minute(22));
        Assert.Equal(Minute(10), await Store.Claims.PeekAsync(Minute(5)));
        await Plan(Minute(10));
        Assert.Equal(Minute(22), await Store.Claims.PeekAsync(Minute(10)));

        Assert.Empty(await Plan(Minute(22).AddMilliseconds(-1)));
        Assert.Empty(await Plan(Minute(22)));

        Assert.Equal((null, null, Minute(25)), await Reloaded(schedule) is var after ? (after.Pause, after.Held, after.NextDueAt) : default);
        await IsStretch(schedule, Minute(20), count: 3, at: Minute(22));
    }

    // A retry waits while its schedule is paused, and starts when the pause is over, though nothing else of it is due.
    [Fact]
    public async Task Claim_RetryOfAPausedSchedule_WaitsForTheEndOfThePause()
    {
        var schedule = await Created(await Installed(), Minute(0));
        var run = Assert.Single((await Claim(Minute(0))).Runs);
        await Complete(Failed(run, Minute(0), retryAt: Minute(1)));
        await Pause(schedule, Minute(0.5), until: Minute(3));

        Assert.Empty((await Claim(Minute(2))).Runs);
        Assert.Equal(Minute(3), await Store.Claims.PeekAsync(Minute(2)));
        Assert.Equal(2, Assert.Single(await Plan(Minute(3))).Attempt);
    }

    [Fact]
    public async Task Update_OtherTimesWhilePaused_ClosesTheStretchAndStaysPaused()
    {
        var schedule = await PausedSchedule();

        var change = await Change(schedule, s => s with { Cron = "*/10 * * * *", NextDueAt = Minute(30) }, Minute(22));

        Assert.Equal((Minute(30), Minute(20)), (change.NextDueAt, change.LastDueAt));
        IsPausedForFailures(change);
        await IsStretch(schedule, Minute(20), count: 3, at: Minute(22));
        Assert.Empty(await Plan(Minute(60)));
        await Resume(schedule, Minute(65), PauseEnd.Next);
        await Plan(Minute(65));
        await IsStretch(schedule, Minute(60), count: 4, at: Minute(65));
    }

    // Enabling is the extension's, and lifts no pause.
    [Fact]
    public async Task Update_DisabledAndEnabledWhilePaused_WritesTheStretchOnceAndStaysPaused()
    {
        var schedule = await PausedSchedule();
        await Claim(Minute(10));

        var off = await Change(schedule, s => s with { Enabled = false, NextDueAt = null }, Minute(22));

        await IsStretch(schedule, Minute(20), count: 3, at: Minute(22));
        Assert.Equal((null, null), (off.NextDueAt, off.Held));
        IsPausedForFailures(off);
        Assert.Empty(await Plan(Minute(27)));
        var on = await Change(schedule, s => s with { Enabled = true, NextDueAt = Minute(35) }, Minute(32));
        IsPausedForFailures(on);
        Assert.Empty(await Plan(Minute(40)));
        Assert.Single(await Ledger(schedule), r => r.State == RunState.Skipped);
        await Resume(schedule, Minute(42), PauseEnd.Next);
        Assert.Empty(await Plan(Minute(42)));
        await IsStretch(schedule, Minute(40), count: 2, at: Minute(42));
    }

    [Fact]
    public async Task Update_NameWhilePaused_LeavesTheStretchOpen()
    {
        var schedule = await PausedSchedule();
        await Claim(Minute(10));

        var change = await Change(schedule, s => s with { Name = "other" }, Minute(22));

        Assert.Equal((Minute(10), change.Pause), (change.NextDueAt, change.Held));
        Assert.DoesNotContain(await Ledger(schedule), r => r.State == RunState.Skipped);
    }

    // What came due before an edit, and was not claimed yet, is not lost without a word.
    [Theory]
    [InlineData(true, RunReason.ScheduleChanged)]
    [InlineData(false, RunReason.ScheduleDisabled)]
    public async Task Update_OtherTimesBeforeTheClaim_WritesWhatIsGivenUp(bool enabled, RunReason reason)
    {
        var schedule = await Created(await Installed(), Minute(10));

        await Change(schedule, s => s with { Cron = "0 * * * *", Enabled = enabled, NextDueAt = enabled ? Minute(60) : null }, Minute(21));

        var row = Assert.Single(await Ledger(schedule));
        Assert.Equal((RunState.Abandoned, reason, 3), (row.State, row.Reason, row.MissedCount));
        Assert.Equal((Minute(10), Minute(20)), (row.MissedFrom, row.MissedTo));
        Assert.Equal(Minute(20), (await Reloaded(schedule)).LastDueAt);
    }

    [Fact]
    public async Task Delete_WhilePaused_WritesTheStretch()
    {
        var schedule = await PausedSchedule();

        await Store.Schedules.DeleteAsync(schedule.Scope, schedule.Id, Limits(Minute(22)), Entry("schedule.delete"));

        await IsStretch(schedule, Minute(20), count: 3, at: Minute(22));
    }

    [Fact]
    public async Task Delete_BeforeTheClaim_WritesWhatIsGivenUp()
    {
        var schedule = await Created(await Installed(), Minute(10));

        await Store.Schedules.DeleteAsync(schedule.Scope, schedule.Id, Limits(Minute(10)), Entry("schedule.delete"));

        var row = Assert.Single(await Ledger(schedule));
        Assert.Equal((RunState.Abandoned, RunReason.ScheduleDeleted, Minute(10)), (row.State, row.Reason, row.DueAt));
    }

    [Fact]
    public async Task Install_DisabledAndEnabledWhilePaused_WritesTheStretchAndStaysPaused()
    {
        var schedule = await PausedSchedule();
        await Claim(Minute(10));

        await Store.Installs.SetEnabledAsync(schedule.Scope, false, Minute(22), s => s with { NextDueAt = null }, Entry("install.disable"));

        await IsStretch(schedule, Minute(20), count: 3, at: Minute(22));
        var off = await Reloaded(schedule);
        Assert.Equal((null, Minute(20), null), (off.NextDueAt, off.LastDueAt, off.Held));
        IsPausedForFailures(off);
        await Store.Installs.SetEnabledAsync(schedule.Scope, true, Minute(32), s => s with { NextDueAt = Minute(35) }, Entry("install.enable"));
        Assert.Equal(Minute(35), (await Reloaded(schedule)).NextDueAt);
        Assert.Empty((await Claim(Minute(60))).Runs);
    }

    [Fact]
    public async Task Install_DisabledBeforeTheClaim_WritesWhatIsGivenUp()
    {
        var schedule = await Created(await Installed(), Minute(10));

        await Store.Installs.SetEnabledAsync(schedule.Scope, false, Minute(12), s => s with { NextDueAt = null }, Entry("install.disable"));

        var row = Assert.Single(await Ledger(schedule));
        Assert.Equal((RunState.Abandoned, RunReason.InstallDisabled, Minute(10)), (row.State, row.Reason, row.DueAt));
    }

    private static void IsPausedForFailures(Schedule schedule)
    {
        var pause = schedule.Pause!;
        Assert.Equal((PauseLayer.Schedule, PauseCause.Failures, Minute(5).AddSeconds(1)), (pause.Layer, pause.Cause, pause.Since));
        Assert.Equal(("Paused after 2 failed runs in a row", "escapement"), (pause.Note, pause.By));
    }

    private async Task<Schedule> PausedSchedule()
    {
        var schedule = await Created(await Installed(), Minute(0));
        await Fail(Minute(0));
        await Fail(Minute(5));
        return schedule;
    }

    private async Task<Schedule> FailedOnce()
    {
        var schedule = await Created(await Installed(), Minute(0));
        await Fail(Minute(0));
        return schedule;
    }

    private async Task Fail(DateTimeOffset at)
    {
        var run = Assert.Single((await Claim(at)).Runs);
        await Complete(Failed(run, at) with { FailuresBefore = run.Failures, PauseAfterFailures = 2 });
    }

    private async Task<Schedule> Change(Schedule schedule, Func<Schedule, Schedule> change, DateTimeOffset now) =>
        (await Store.Schedules.UpdateAsync(schedule.Scope, schedule.Id, change, Limits(now), Entry("schedule.update"))).Schedule!;

    private Task<Schedule> Pause(Schedule schedule, DateTimeOffset now, DateTimeOffset? until) => Change(
        schedule,
        s => s with
        {
            Pause = new Pause
            {
                Id = NewId(),
                Layer = PauseLayer.Schedule,
                Since = now,
                Until = until,
                Cause = PauseCause.Asked,
                Note = "holiday",
                By = "ops",
            },
        },
        now);

    private Task<Schedule> Resume(Schedule schedule, DateTimeOffset now, PauseEnd onEnd) =>
        Change(schedule, s => s with { Pause = s.Pause! with { EndedAt = now, OnEnd = onEnd }, FailuresInARow = 0 }, now);

    private async Task IsStretch(Schedule schedule, DateTimeOffset last, int count, DateTimeOffset at)
    {
        var row = (await Ledger(schedule)).First(r => r.State == RunState.Skipped);
        Assert.Equal((last, RunReason.Paused, (DateTimeOffset?)at), (row.DueAt, row.Reason, row.FinishedAt));
        Assert.Equal((count, (DateTimeOffset?)last), (row.MissedCount, row.MissedTo));
        Assert.Equal(PauseLayer.Schedule, row.Pause?.Layer);
    }
}
