using Escapement.Firing.Claiming;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Stores.Conformance;

public abstract class ClaimFacts(IStoreFixture store) : StoreFacts(store)
{
    [Fact]
    public async Task Peek_NothingStored_IsNull() => Assert.Null(await Store.Claims.PeekAsync(T0));

    [Fact]
    public async Task Peek_SchedulesAndQueuedRuns_AnswersTheEarliestAfter()
    {
        var scope = await Installed();
        await Created(scope, Minute(10));
        await Created(scope, Minute(20));
        var running = await Created(scope, Minute(0));
        var run = (await Claim(Minute(0))).Runs.Single(r => r.Schedule == running.Id);
        await Complete(Failed(run, Minute(0), retryAt: Minute(15)));
        await Store.Schedules.DeleteAsync(scope, (await Store.Schedules.ListAsync(scope))[0].Id, Limits(), Entry("schedule.delete"));

        Assert.Equal(Minute(5), await Store.Claims.PeekAsync(Minute(0)));
        Assert.Equal(Minute(15), await Store.Claims.PeekAsync(Minute(5)));
        Assert.Equal(Minute(20), await Store.Claims.PeekAsync(Minute(15)));
        Assert.Null(await Store.Claims.PeekAsync(Minute(20)));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 1)]
    public async Task Claim_OneStepEitherSideOfTheDueTime_TakesItOrNot(int milliseconds, int runs)
    {
        await Created(await Installed(), Minute(5));

        Assert.Equal(runs, (await Claim(Minute(5).AddMilliseconds(milliseconds))).Runs.Count);
    }

    [Fact]
    public async Task Claim_SpreadSchedules_GoByStartTimeAndKeepTheDueTime()
    {
        var scope = await Installed();
        var policy = new SchedulePolicy { Spread = TimeSpan.FromHours(1) };
        var schedules = new List<Schedule>();
        for (var i = 0; i < 3; i++)
        {
            schedules.Add(await Created(NewSchedule(scope, Minute(5)) with { Policy = policy }));
        }

        var order = schedules.OrderBy(s => s.NextStartAt).ToList();
        Assert.All(order, s => Assert.InRange(s.NextStartAt!.Value, Minute(5), Minute(7.5)));
        foreach (var (schedule, number) in order.Select((s, i) => (s, i)))
        {
            var start = schedule.NextStartAt!.Value;
            Assert.Equal(start, await Store.Claims.PeekAsync(number == 0 ? T0 : order[number - 1].NextStartAt!.Value));
            Assert.Empty((await Claim(start.AddMilliseconds(-1))).Runs);
            var run = Assert.Single((await Store.Claims.ClaimAsync(Request(start, plan: due => Later(due, start)))).Runs);
            Assert.Equal((schedule.Id, Minute(5), (DateTimeOffset?)start), (run.Schedule, run.DueAt, run.StartAt));
            Assert.Equal((Minute(10), start.AddMinutes(5)), ((await Reloaded(schedule)).NextDueAt, (await Reloaded(schedule)).NextStartAt));
            await Complete(Succeeded(run, start));
        }

        Assert.Equal(order[0].NextStartAt!.Value.AddMinutes(5), await Store.Claims.PeekAsync(order[2].NextStartAt!.Value));
    }

    [Fact]
    public async Task Claim_Due_OpensARunUnderTheLeaseAndAdvances()
    {
        var schedule = await Created(
            NewSchedule(await Installed(), Minute(0)) with { Policy = new SchedulePolicy { Retry = RetryPolicy.None with { MaxAttempts = 2 } } });

        var batch = await Claim(Minute(2));

        var run = Assert.Single(batch.Runs);
        Assert.Equal(new LeasedRun(run.Lease.Id, Acme, run.Schedule, TokenA), run.Lease);
        Assert.Equal(schedule.Scope, run.Scope);
        Assert.Equal(schedule.Id, run.Schedule);
        Assert.Equal(schedule.Endpoint, run.Endpoint);
        Assert.Equal(schedule.Payload, run.Payload);
        Assert.Equal(schedule.Policy, run.Policy);
        Assert.Equal(Minute(0), run.DueAt);
        Assert.True(run.ScheduleEnabled);
        Assert.Equal((RunTrigger.Schedule, 1, 0), (run.Trigger, run.Attempt, run.LostAttempts));
        var row = await Reloaded(run);
        Assert.Equal((RunState.Running, RunReason.None, 1, "node-a"), (row.State, row.Reason, row.Attempt, row.Node));
        Assert.Equal((Minute(0), Minute(2)), (row.DueAt, row.CreatedAt));
        var after = await Reloaded(schedule);
        Assert.Equal((Minute(5), Minute(0), run.Lease.Id), (after.NextDueAt, after.LastDueAt, after.ActiveRun));
        Assert.Equal(schedule.Revision, after.Revision);
        Assert.Empty((await Claim(Minute(2))).Runs);
    }

    [Fact]
    public async Task Claim_PlanGetsTheScheduleAsItIs()
    {
        var schedule = await Created(await Installed(), Minute(0));
        DueSchedule? seen = null;

        await Store.Claims.ClaimAsync(Request(Minute(3), plan: due =>
        {
            seen = due;
            return FireAt(Minute(3))(due);
        }));

        Assert.Equal(new DueSchedule(schedule.Id, Minute(0), "*/5 * * * *", "Europe/Berlin", null, SchedulePolicy.Default), seen);
    }

    [Fact]
    public async Task Claim_NoNextOccurrence_IsNeverDueAgain()
    {
        var schedule = await Created(await Installed(), Minute(0));

        await Store.Claims.ClaimAsync(Request(Minute(0), plan: due => new OccurrencePlan(null, due.DueAt, due.DueAt, null, null)));

        Assert.Null((await Reloaded(schedule)).NextDueAt);
        Assert.Null(await Store.Claims.PeekAsync(Minute(0)));
    }

    [Fact]
    public async Task Claim_Several_ByDueTimeUpToMaxRunsAndSaysMore()
    {
        var scope = await Installed();
        var third = await Created(scope, Minute(-1));
        var first = await Created(scope, Minute(-3));
        var second = await Created(scope, Minute(-2));

        var batch = await Store.Claims.ClaimAsync(Request(Minute(0), maxRuns: 2));
        var rest = await Store.Claims.ClaimAsync(Request(Minute(0), maxRuns: 2));

        Assert.Equal([first.Id, second.Id], batch.Runs.Select(r => r.Schedule));
        Assert.True(batch.More);
        Assert.Equal([third.Id], rest.Runs.Select(r => r.Schedule));
        Assert.False(rest.More);
    }

    [Fact]
    public async Task Claim_NoFreeSlot_TakesNothing()
    {
        var schedule = await Created(await Installed(), Minute(0));

        Assert.Empty((await Store.Claims.ClaimAsync(Request(Minute(0), maxRuns: 0))).Runs);

        Assert.Equal(schedule, await Reloaded(schedule));
    }

    [Fact]
    public async Task Claim_MoreThanMaxChanged_StopsThereAndSaysMore()
    {
        var scope = await Installed();
        for (var i = 0; i < 5; i++)
        {
            await Created(scope, Minute(-i));
        }

        var missing = Request(
            Minute(0),
            maxChanged: 3,
            plan: due => new OccurrencePlan(
                Minute(5), due.DueAt, null, null, new MissedOccurrences(due.DueAt, due.DueAt, 1, RunReason.OutsideCatchUpWindow)));
        var batch = await Store.Claims.ClaimAsync(missing);
        var rest = await Store.Claims.ClaimAsync(missing);

        Assert.Equal((3, true), (batch.Missed, batch.More));
        Assert.Equal((2, false), (rest.Missed, rest.More));
    }

    [Fact]
    public async Task Claim_MissedRange_IsOneRowAndTheLatestFires()
    {
        var schedule = await Created(await Installed(), Minute(-20));

        var batch = await Store.Claims.ClaimAsync(Request(Minute(1), plan: due =>
            new OccurrencePlan(Minute(5), Minute(0), Minute(0), null, new MissedOccurrences(due.DueAt, Minute(-5), 4, RunReason.Superseded))));

        Assert.Equal(4, batch.Missed);
        Assert.Equal(Minute(0), Assert.Single(batch.Runs).DueAt);
        var ledger = await Ledger(schedule);
        Assert.Equal([Minute(0), Minute(-20)], ledger.Select(r => r.DueAt));
        var missed = ledger[1];
        Assert.Equal((RunState.Missed, RunReason.Superseded, 0), (missed.State, missed.Reason, missed.Attempt));
        Assert.Equal((4, Minute(-20), Minute(-5)), (missed.MissedCount, missed.MissedFrom, missed.MissedTo));
        Assert.Equal(Minute(1), missed.FinishedAt);
        Assert.Equal((Minute(5), Minute(0)), ((await Reloaded(schedule)).NextDueAt, (await Reloaded(schedule)).LastDueAt));
    }

    [Fact]
    public async Task Claim_Unplannable_IsDisabledWithOneRowAndDisturbsNobody()
    {
        var scope = await Installed();
        var first = await Created(scope, Minute(-2));
        var broken = await Created(scope, Minute(-1));
        var last = await Created(scope, Minute(0));

        var batch = await Store.Claims.ClaimAsync(Request(Minute(1), plan: due => due.Schedule == broken.Id ? Broken(due) : FireAt(Minute(1))(due)));

        Assert.Equal([first.Id, last.Id], batch.Runs.Select(r => r.Schedule));
        Assert.Equal((1, 0, 0, 0), (batch.Unplannable, batch.Missed, batch.Skipped, batch.PassedOver));
        var row = Assert.Single(await Ledger(broken));
        Assert.Equal((Minute(-1), RunState.Abandoned, RunReason.ScheduleUnplannable, 0), (row.DueAt, row.State, row.Reason, row.Attempt));
        Assert.Equal((RunTrigger.Schedule, Minute(1), "No such zone"), (row.Trigger, row.FinishedAt, row.Error));
        var after = await Reloaded(broken);
        Assert.Equal(broken with { Enabled = false, NextDueAt = null, LastDueAt = Minute(-1), LastError = "No such zone" }, after);
        Assert.Equal([new ChangedByClaim(Acme, broken.Id, IsResumed: false)], batch.Changed);
        Assert.Equal((row.Id.Value, RunState.Abandoned), Assert.Single(batch.NotStarted) is var told ? (told.Id, told.State) : default);
        var next = await Store.Claims.ClaimAsync(Request(Minute(2)));
        Assert.Equal(new ClaimedBatch([], 0, 0, 0, false), next with { Runs = [], NotStarted = [], Changed = [] });
        Assert.Empty(next.Changed);
    }

    [Fact]
    public async Task Claim_UnplannableWhileItsRunIsOpen_LeavesTheRunAlone()
    {
        var schedule = await Created(await Installed(), Minute(0));
        var open = Assert.Single((await Claim(Minute(0))).Runs);

        // At the install's limit as well: what only needs a row needs no room.
        var batch = await Store.Claims.ClaimAsync(Request(Minute(5), perInstall: 1, plan: Broken));

        Assert.Equal((0, 1, 0), (batch.Runs.Count, batch.Unplannable, batch.PassedOver));
        Assert.Equal(open.Lease.Id, (await Reloaded(schedule)).ActiveRun);
        Assert.Equal([RunState.Abandoned, RunState.Running], (await Ledger(schedule)).Select(r => r.State));
        await Complete(Succeeded(open, Minute(5)));
        var after = await Reloaded(schedule);
        Assert.Equal((null, false, LastRunStatus.Success), (after.ActiveRun, after.Enabled, after.LastRunStatus));
    }

    [Fact]
    public async Task Claim_MoreUnplannableThanMaxChanged_StopsThereAndSaysMore()
    {
        var scope = await Installed();
        for (var i = 0; i < 5; i++)
        {
            await Created(scope, Minute(-i));
        }

        var batch = await Store.Claims.ClaimAsync(Request(Minute(0), maxChanged: 3, plan: Broken));
        var rest = await Store.Claims.ClaimAsync(Request(Minute(0), maxChanged: 3, plan: Broken));

        Assert.Equal((3, true), (batch.Unplannable, batch.More));
        Assert.Equal((2, false), (rest.Unplannable, rest.More));
    }

    [Fact]
    public async Task Claim_PreviousRunStillOpen_IsRecordedAsSkipped()
    {
        var schedule = await Created(await Installed(), Minute(0));
        var open = Assert.Single((await Claim(Minute(0))).Runs);

        var batch = await Claim(Minute(5));

        Assert.Empty(batch.Runs);
        Assert.Equal(1, batch.Skipped);
        var row = (await Ledger(schedule))[0];
        Assert.Equal((Minute(5), RunState.Skipped, RunReason.Overlap, 0), (row.DueAt, row.State, row.Reason, row.Attempt));
        Assert.Equal(open.Lease.Id, (await Reloaded(schedule)).ActiveRun);
        Assert.Equal(Minute(10), (await Reloaded(schedule)).NextDueAt);
    }

    [Fact]
    public async Task Claim_LedgerRowExists_AdvancesAndDoesNotFireAgain()
    {
        var schedule = await Created(await Installed(), Minute(0));
        var first = Assert.Single((await Claim(Minute(0))).Runs);
        await Complete(Succeeded(first, Minute(0)));
        await Store.Schedules.UpdateAsync(schedule.Scope, schedule.Id, s => s with { NextDueAt = Minute(0) }, Limits(), Entry("schedule.update"));

        var batch = await Claim(Minute(1));

        Assert.Empty(batch.Runs);
        Assert.Equal(first.Lease.Id, Assert.Single(await Ledger(schedule)).Id);
        var after = await Reloaded(schedule);
        Assert.Null(after.ActiveRun);
        Assert.Equal(Minute(5), after.NextDueAt);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Claim_OccurrenceOfTheOpenRunComesDueAgain_IsNotRecordedAsSkipped(bool waitsForRetry)
    {
        var schedule = await Created(await Installed(), Minute(0));
        var open = Assert.Single((await Claim(Minute(0))).Runs);
        if (waitsForRetry)
        {
            await Complete(Failed(open, Minute(0), retryAt: Minute(30)));
        }

        await Store.Schedules.UpdateAsync(schedule.Scope, schedule.Id, s => s with { NextDueAt = Minute(0) }, Limits(), Entry("schedule.update"));
        var batch = await Claim(Minute(1));

        Assert.Equal((0, 0), (batch.Runs.Count, batch.Skipped));
        Assert.Equal(open.Lease.Id, Assert.Single(await Ledger(schedule)).Id);
        var after = await Reloaded(schedule);
        Assert.Equal((open.Lease.Id, Minute(5)), (after.ActiveRun, after.NextDueAt));
    }

    [Fact]
    public async Task Claim_ClockSetBackTwice_FiresNothingTwice()
    {
        var schedule = await Created(await Installed(), Minute(0));
        foreach (var minute in new[] { 0, 5, 10 })
        {
            await Complete(Succeeded(Assert.Single((await Claim(Minute(minute))).Runs), Minute(minute)));
        }

        // What was passed last is not what was passed latest.
        await Store.Schedules.UpdateAsync(schedule.Scope, schedule.Id, s => s with { NextDueAt = Minute(0) }, Limits(), Entry("schedule.update"));
        foreach (var minute in new[] { 0, 5, 10 })
        {
            Assert.Empty((await Claim(Minute(minute))).Runs);
        }

        await Complete(Succeeded(Assert.Single((await Claim(Minute(15))).Runs), Minute(15)));
        Assert.Equal([Minute(15), Minute(10), Minute(5), Minute(0)], (await Ledger(schedule)).Select(r => r.DueAt));
    }

    [Fact]
    public async Task Claim_LedgerRowOfARunNowAtTheSameInstant_FiresAllTheSame()
    {
        var schedule = await Created(await Installed(), Minute(0));
        await Store.Runs.RunNowAsync(schedule.Scope, schedule.Id, new RunId(NewId()), Minute(0), "ops", Entry("schedule.run-now"));
        var now = Assert.Single((await Store.Claims.ClaimAsync(Request(Minute(0), maxRuns: 1))).Runs);
        await Complete(Succeeded(now, Minute(0)));

        var batch = await Claim(Minute(0));

        Assert.Equal(RunTrigger.Schedule, Assert.Single(batch.Runs).Trigger);
        Assert.Equal(2, (await Ledger(schedule)).Count);
    }

    [Fact]
    public async Task Claim_ClockSetBack_FiresNothingTwice()
    {
        var schedule = await Created(await Installed(), Minute(0));
        await Complete(Succeeded(Assert.Single((await Claim(Minute(0))).Runs), Minute(0)));

        Assert.Empty((await Claim(Minute(-60))).Runs);
        Assert.Empty((await Claim(Minute(0))).Runs);
        Assert.Single((await Claim(Minute(5))).Runs);

        Assert.Equal([Minute(5), Minute(0)], (await Ledger(schedule)).Select(r => r.DueAt));
    }

    [Fact]
    public async Task Claim_ManyNodesAtOnce_GiveEveryRunToOne()
    {
        var scopes = new List<InstallScope>();
        for (var i = 0; i < 4; i++)
        {
            scopes.Add(await Installed(extension: $"com.acme.n{i}"));
        }

        for (var i = 0; i < 200; i++)
        {
            await Created(scopes[i % 4], Minute(0));
        }

        var batches = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(async () =>
        {
            var mine = new List<ClaimedRun>();
            while (await Store.Claims.ClaimAsync(
                Request(Minute(0), maxRuns: 7, perInstall: 1000, perTenant: 1000, token: NewId(), node: $"node-{n}")) is { Runs.Count: > 0 } batch)
            {
                mine.AddRange(batch.Runs);
            }

            return mine;
        })));

        var all = batches.SelectMany(b => b).ToList();
        Assert.Equal(200, all.Count);
        Assert.Equal(200, all.Select(r => r.Lease.Id).Distinct().Count());
        Assert.Equal(200, all.Select(r => r.Schedule).Distinct().Count());
    }

    private static OccurrencePlan Later(DueSchedule due, DateTimeOffset start) =>
        new(due.DueAt.AddMinutes(5), due.DueAt, due.DueAt, null, null) { Place = start - due.DueAt };

    private static OccurrencePlan Broken(DueSchedule due) => new(null, due.DueAt, null, null, null, "No such zone");
}
