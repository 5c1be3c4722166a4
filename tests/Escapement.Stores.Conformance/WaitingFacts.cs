using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Escapement.Installs;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Stores.Conformance;

/// <summary>Occurrences that wait for their turn, by the real planner: no store may lose one, open it twice or leave it lying.</summary>
public abstract class WaitingFacts(IStoreFixture store) : StoreFacts(store)
{
    private static readonly SchedulePolicy QueueOne = new() { Overlap = OverlapPolicy.QueueOne };
    private static readonly SchedulePolicy All = new() { Missed = MissedPolicy.All };

    [Fact]
    public async Task Claim_DueDuringARun_WaitsForItsEndAndTheRestIsSkipped()
    {
        var schedule = await Created(QueueOne, Minute(0));
        var first = Assert.Single((await ClaimAt(Minute(0))).Runs);

        Assert.Empty((await ClaimAt(Minute(5))).Runs);
        Assert.Equal(1, (await ClaimAt(Minute(10))).Skipped);

        var waits = await Reloaded(schedule);
        Assert.Equal(new Waiting { Due = Minute(5) }, waits.Waiting);
        Assert.Equal((Minute(15), Minute(10), first.Lease.Id), (waits.NextDueAt, waits.LastDueAt, waits.ActiveRun));
        Assert.Equal(Minute(15), await Store.Claims.PeekAsync(Minute(10)));
        await Complete(Succeeded(first, Minute(11)));
        var second = Assert.Single((await ClaimAt(Minute(12))).Runs);
        Assert.Equal((Minute(5), RunTrigger.Schedule, 1), (second.DueAt, second.Trigger, second.Attempt));
        Assert.Equal(Minute(11).AddSeconds(1), second.StartAt);
        await Complete(Succeeded(second, Minute(12)));
        Assert.Empty((await ClaimAt(Minute(13))).Runs);
        Assert.Null((await Reloaded(schedule)).Waiting);
        Assert.Equal([RunState.Skipped, RunState.Succeeded, RunState.Succeeded], (await Ledger(schedule)).Select(r => r.State));
    }

    [Fact]
    public async Task Claim_RunWaitsForItsRetry_OpensNothingBeforeItHasEnded()
    {
        await Created(QueueOne, Minute(0));
        var first = Assert.Single((await ClaimAt(Minute(0))).Runs);
        await ClaimAt(Minute(5));

        await Complete(Failed(first, Minute(6), retryAt: Minute(8)));
        Assert.Empty((await ClaimAt(Minute(7))).Runs);
        var again = Assert.Single((await ClaimAt(Minute(8))).Runs);

        Assert.Equal((Minute(0), 2), (again.DueAt, again.Attempt));
        await Complete(Succeeded(again, Minute(8)));
        Assert.Equal(Minute(5), Assert.Single((await ClaimAt(Minute(9))).Runs).DueAt);
    }

    [Fact]
    public async Task Recover_RunIsGivenUp_OpensWhatWaits()
    {
        await Created(QueueOne, Minute(0));
        await ClaimAt(Minute(0));
        await ClaimAt(Minute(5));

        Assert.Equal(new RecoveredRuns(0, 1), await Store.Claims.RecoverAsync(Recovery(Minute(7), maxLostAttempts: 1)));

        Assert.Equal(Minute(5), Assert.Single((await ClaimAt(Minute(7))).Runs).DueAt);
    }

    [Fact]
    public async Task Claim_MissedOccurrences_RunOneAfterTheOtherOldestFirst()
    {
        var schedule = await Created(All, Minute(-20));
        var ran = new List<DateTimeOffset>();
        for (var i = 0; i < 5; i++)
        {
            var run = Assert.Single((await ClaimAt(Minute(1 + (i * 0.5)))).Runs);
            Assert.Empty((await ClaimAt(Minute(1 + (i * 0.5)))).Runs);
            ran.Add(run.DueAt);
            await Complete(Succeeded(run, Minute(1 + (i * 0.5))));
        }

        Assert.Empty((await ClaimAt(Minute(4))).Runs);
        Assert.Equal([Minute(-20), Minute(-15), Minute(-10), Minute(-5), Minute(0)], ran);
        var after = await Reloaded(schedule);
        Assert.Equal((null, Minute(5), Minute(0)), (after.Waiting, after.NextDueAt, after.LastDueAt));
    }

    [Fact]
    public async Task Claim_DueDuringACatchUp_IsNoOverlapAndGoesFirst()
    {
        var schedule = await Created(All, Minute(-10));
        var oldest = Assert.Single((await ClaimAt(Minute(1))).Runs);

        Assert.Equal((0, 0), (await ClaimAt(Minute(5))) is var claim ? (claim.Runs.Count, claim.Skipped) : default);

        Assert.Equal(
            new Waiting { Due = Minute(5), CatchUp = [new OccurrenceRange(Minute(-5), Minute(0), 2)], CatchUpRun = oldest.Lease.Id },
            (await Reloaded(schedule)).Waiting);
        await Complete(Succeeded(oldest, Minute(6)));
        var due = Assert.Single((await ClaimAt(Minute(7))).Runs);
        Assert.Equal(Minute(5), due.DueAt);
        await Complete(Succeeded(due, Minute(7)));
        Assert.Equal(Minute(-5), Assert.Single((await ClaimAt(Minute(8))).Runs).DueAt);
    }

    [Fact]
    public async Task Claim_ManyNodesAtOnce_CatchUpOneAtATime()
    {
        var schedule = await Created(All, Minute(-100));
        var ran = new List<DateTimeOffset>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(n => Task.Run(async () =>
        {
            for (var i = 0; i < 200 && ran.Count < 21; i++)
            {
                var batch = await Store.Claims.ClaimAsync(Request(Minute(1), token: NewId(), node: $"node-{n}", plan: Planned(Minute(1))));
                foreach (var run in batch.Runs)
                {
                    lock (ran)
                    {
                        ran.Add(run.DueAt);
                    }

                    await Complete(Succeeded(run, Minute(0)));
                }
            }
        })));

        Assert.Equal(Enumerable.Range(-20, 21).Select(i => Minute(i * 5)), ran);
        Assert.All(await Ledger(schedule), r => Assert.Equal(RunState.Succeeded, r.State));
    }

    [Fact]
    public async Task Claim_LedgerHasTheOccurrenceThatWaited_GoesOnWithTheNext()
    {
        var schedule = await Created(All, Minute(-10));
        await Complete(Succeeded(Assert.Single((await ClaimAt(Minute(1))).Runs), Minute(1)));
        var waiting = (await Reloaded(schedule)).Waiting;
        var ahead = await Store.Claims.ClaimAsync(Request(
            Minute(2), plan: _ => new OccurrencePlan(Minute(5), Minute(0), Minute(-5), null, null) { Waiting = waiting }));
        await Complete(Succeeded(Assert.Single(ahead.Runs), Minute(2)));

        Assert.Empty((await ClaimAt(Minute(3))).Runs);

        Assert.Equal(Minute(0), Assert.Single((await ClaimAt(Minute(4))).Runs).DueAt);
        Assert.Equal([Minute(0), Minute(-5), Minute(-10)], (await Ledger(schedule)).Select(r => r.DueAt));
    }

    [Fact]
    public async Task Update_OtherTimes_GivesUpWhatWaited()
    {
        var schedule = await Created(All, Minute(-10));
        var open = Assert.Single((await ClaimAt(Minute(1))).Runs);
        await ClaimAt(Minute(5));

        var change = await Store.Schedules.UpdateAsync(
            schedule.Scope, schedule.Id, s => s with { Cron = "0 9 * * *", NextDueAt = Minute(60) }, Limits(Minute(6)), Entry("schedule.update"));

        Assert.Equal(new Waiting { CatchUpRun = open.Lease.Id }, change.Schedule!.Waiting);
        Assert.Equal(change.Schedule, await Reloaded(schedule));
        await IsGivenUp(schedule, RunReason.ScheduleChanged, Minute(6));
        await Complete(Succeeded(open, Minute(6)));
        Assert.Empty((await ClaimAt(Minute(7))).Runs);
    }

    [Fact]
    public async Task Delete_GivesUpWhatWaited()
    {
        var schedule = await Created(All, Minute(-10));
        await ClaimAt(Minute(1));
        await ClaimAt(Minute(5));

        await Store.Schedules.DeleteAsync(schedule.Scope, schedule.Id, Limits(Minute(6)), Entry("schedule.delete"));

        await IsGivenUp(schedule, RunReason.ScheduleDeleted, Minute(6));
    }

    [Theory]
    [InlineData(false, RunReason.InstallDisabled)]
    [InlineData(true, RunReason.InstallRemoved)]
    public async Task Install_DisabledOrRemoved_GivesUpWhatWaited(bool removed, RunReason reason)
    {
        var schedule = await Created(All, Minute(-10));
        var open = Assert.Single((await ClaimAt(Minute(1))).Runs);
        await ClaimAt(Minute(5));

        Assert.IsType<InstallOutcome.Done>(removed
            ? await Store.Installs.RemoveAsync(schedule.Scope, Minute(6), keep: true, Entry("install.remove"))
            : await Store.Installs.SetEnabledAsync(schedule.Scope, false, Minute(6), s => s with { NextDueAt = null }, Entry("install.disable")));

        await IsGivenUp(schedule, reason, Minute(6));
        await Complete(Succeeded(open, Minute(6)));
        Assert.Empty((await ClaimAt(Minute(7))).Runs);
        Assert.Null(await Store.Claims.PeekAsync(T0));
    }

    [Fact]
    public async Task Claim_ScheduleThatCannotBePlanned_GivesUpWhatWaited()
    {
        var schedule = await Created(All, Minute(-10));
        await Complete(Succeeded(Assert.Single((await ClaimAt(Minute(1))).Runs), Minute(1)));

        await Store.Claims.ClaimAsync(Request(Minute(2), plan: _ => new OccurrencePlan(null, null, null, null, null, "No such zone")));

        var row = (await Ledger(schedule))[0];
        Assert.Equal(
            (RunState.Abandoned, RunReason.ScheduleUnplannable, "No such zone", 2), (row.State, row.Reason, row.Error, row.MissedCount));
        var after = await Reloaded(schedule);
        Assert.Equal((null, false, null, Minute(0)), (after.Waiting, after.Enabled, after.NextDueAt, after.LastDueAt));
    }

    [Fact]
    public async Task Complete_EndpointIsGone_KeepsWhatWaitsUntilItIsBack()
    {
        var schedule = await Created(QueueOne, Minute(0));
        var open = Assert.Single((await ClaimAt(Minute(0))).Runs);
        await ClaimAt(Minute(5));

        await Complete(Succeeded(open, Minute(6)) with
        {
            State = RunState.Abandoned, Reason = RunReason.EndpointGone, StartedAt = null, Error = "No such endpoint", HoldsSchedule = true,
        });

        Assert.Empty((await ClaimAt(Minute(7))).Runs);
        Assert.Equal((true, new Waiting { Due = Minute(5) }), await Reloaded(schedule) is var after ? (after.Enabled, after.Waiting) : default);
        await Store.Schedules.UpdateAsync(schedule.Scope, schedule.Id, s => EndpointHold.Release(s, Minute(8)), Limits(Minute(8)), Entry("schedule.update"));
        Assert.Equal(Minute(5), Assert.Single((await ClaimAt(Minute(8))).Runs).DueAt);
    }

    private static Func<DueSchedule, OccurrencePlan> Planned(DateTimeOffset now) => due => new OccurrencePlanner(TimeSpan.FromHours(24)).Plan(due, now);

    private async Task<ClaimedBatch> ClaimAt(DateTimeOffset now) => await Store.Claims.ClaimAsync(Request(now, plan: Planned(now)));

    private async Task<Schedule> Created(SchedulePolicy policy, DateTimeOffset due) =>
        await Created(NewSchedule(await Installed(), due) with { Policy = policy });

    // One that waited, and two of a catch-up.
    private async Task IsGivenUp(Schedule schedule, RunReason reason, DateTimeOffset at)
    {
        var rows = (await Ledger(schedule)).Where(r => r.State == RunState.Abandoned).ToList();
        Assert.Equal([Minute(5), Minute(-5)], rows.Select(r => r.DueAt));
        Assert.All(rows, r => Assert.Equal((reason, (DateTimeOffset?)at), (r.Reason, r.FinishedAt)));
        Assert.Equal([null, 2], rows.Select(r => r.MissedCount));
        Assert.Equal((Minute(-5), Minute(0)), (rows[1].MissedFrom, rows[1].MissedTo));
    }
}
