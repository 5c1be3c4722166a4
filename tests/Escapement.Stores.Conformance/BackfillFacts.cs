using Escapement.Audit;
using Escapement.Backfilling;
using Escapement.Firing.Claiming;
using Escapement.Pausing;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Stores.Conformance;

/// <summary>Backfills: what they are decided by, their place on the schedule, and the runs that claims open for them.</summary>
public abstract class BackfillFacts(IStoreFixture store) : StoreFacts(store)
{
    private static readonly BackfillRange Hour = new(Minute(0), Minute(59), BackfillOf.Missing);

    [Fact]
    public async Task Read_Range_HasDefinitionsAndRunsOfItAndNoOthers()
    {
        var schedule = await Created(NewSchedule(await Installed(), Minute(20)) with { CreatedAt = T0 });
        var other = await Created(schedule.Scope, Minute(20));
        var runs = (await Claim(Minute(20))).Runs;
        var run = runs.Single(r => r.Schedule == schedule.Id);
        await Complete([.. runs.Select(r => Failed(r, Minute(20)))]);
        await Store.Schedules.UpdateAsync(schedule.Scope, schedule.Id, s => s with { Cron = "0 9 * * *" }, Limits(Minute(40)), Entry("schedule.update"));
        await Store.Schedules.UpdateAsync(schedule.Scope, schedule.Id, s => s with { Enabled = false }, Limits(Minute(50)), Entry("schedule.update"));

        var ground = (await Store.Backfills.ReadAsync(schedule.Scope, schedule.Id, Hour))!;
        Assert.Equal(["*/5 * * * *", "0 9 * * *"], ground.Definitions.Select(d => d.Cron));
        Assert.Equal(new OccurrenceRun(run.Lease.Id, Minute(20), RunState.Failed, Minute(20)), Assert.Single(ground.Runs));

        var later = (await Store.Backfills.ReadAsync(schedule.Scope, schedule.Id, Hour with { From = Minute(41) }))!;
        Assert.Equal(["0 9 * * *"], later.Definitions.Select(d => d.Cron));
        Assert.Empty(later.Runs);
        Assert.Null(await Store.Backfills.ReadAsync(await Installed(Globex), schedule.Id, Hour));
        Assert.Single((await Store.Backfills.ReadAsync(other.Scope, other.Id, Hour))!.Runs);
    }

    [Fact]
    public async Task Read_OccurrenceMadeUpSince_HasTheRunThatDid()
    {
        var schedule = await IdleAsync();
        var run = new AskedRun
        {
            Id = new RunId(NewId()),
            Scope = schedule.Scope,
            Schedule = schedule.Id,
            Trigger = RunTrigger.Rerun,
            At = Minute(100),
            By = "ops",
            Occurrence = Minute(20),
            PayloadRevision = 1,
        };
        await Store.Runs.AskAsync(run, Entry("schedule.rerun"));

        var queued = Assert.Single((await Store.Backfills.ReadAsync(schedule.Scope, schedule.Id, Hour))!.Runs);
        Assert.Equal((run.Id, Minute(20), RunState.Queued), (queued.Id, queued.Occurrence, queued.State));
        await Complete(Succeeded(Assert.Single((await Claim(Minute(100))).Runs), Minute(100)));
        Assert.Equal(RunState.Succeeded, Assert.Single((await Store.Backfills.ReadAsync(schedule.Scope, schedule.Id, Hour))!.Runs).State);
    }

    [Fact]
    public async Task Claim_Backfill_RunsOneAtATimeTheOldestFirstBehindWhatIsDue()
    {
        var repeated = new RunId(NewId());
        var schedule = await IdleAsync();
        await BeginAsync(schedule, Minute(100), "the bank was down", new(Minute(5), repeated), new(Minute(10)));

        var first = Assert.Single(await PlanAsync(Minute(100)));
        Assert.Equal((RunTrigger.Backfill, Minute(100), Minute(5), schedule.Payload), (first.Trigger, first.DueAt, first.Occurrence, first.Payload));
        Assert.Empty(await PlanAsync(Minute(101)));
        await SaysAsync(first, Minute(5), repeated);
        await Complete(Succeeded(first, Minute(100)));
        await SaysAsync(first, Minute(5), repeated);

        var second = Assert.Single(await PlanAsync(Minute(102)));
        Assert.Equal((Minute(10), Minute(102)), (second.Occurrence, second.DueAt));
        await Complete(Succeeded(second, Minute(102)));
        Assert.Empty(await PlanAsync(Minute(103)));
        Assert.Null((await Reloaded(schedule)).Waiting);
        Assert.Equal(2, (await Ledger(schedule)).Count(r => r is { Trigger: RunTrigger.Backfill, State: RunState.Succeeded }));
    }

    [Fact]
    public async Task Claim_SeveralRunsInOneMillisecond_HaveDueTimesOfTheirOwn()
    {
        var schedule = await IdleAsync();
        await BeginAsync(schedule, Minute(100), null, new(Minute(5)), new(Minute(10)));
        foreach (var _ in (int[])[1, 2])
        {
            var run = Assert.Single(await PlanAsync(Minute(100)));
            await Complete(Succeeded(run, Minute(100)) with { FinishedAt = Minute(100) });
        }

        Assert.Empty(await PlanAsync(Minute(100)));
        await BeginAsync(schedule, Minute(100), null, new BackfilledOccurrence(Minute(15)));
        Assert.Single(await PlanAsync(Minute(100)));

        Assert.Equal(
            [Minute(100).AddMilliseconds(2), Minute(100).AddMilliseconds(1), Minute(100)],
            (await Ledger(schedule)).Where(r => r.Trigger == RunTrigger.Backfill).Select(r => r.DueAt));
    }

    [Fact]
    public async Task Claim_NextAttemptOfARunOfABackfill_StaysWhatItIs()
    {
        var schedule = await IdleAsync();
        await BeginAsync(schedule, Minute(100), "note", new BackfilledOccurrence(Minute(5)));
        var run = Assert.Single(await PlanAsync(Minute(100)));
        await Complete(Failed(run, Minute(100), retryAt: Minute(101)));

        var again = Assert.Single(await PlanAsync(Minute(101)));

        Assert.Equal((2, RunTrigger.Backfill, Minute(5)), (again.Attempt, again.Trigger, again.Occurrence));
        await SaysAsync(again, Minute(5), null);
    }

    [Fact]
    public async Task Claim_BelowAPause_Waits()
    {
        var schedule = await IdleAsync();
        await BeginAsync(schedule, Minute(100), null, new BackfilledOccurrence(Minute(5)));
        var target = PauseTarget.Of(schedule.Scope);
        var pause = new Pause { Id = NewId(), Layer = PauseLayer.Install, Since = Minute(100), Cause = PauseCause.Asked, Note = "move", By = "ops" };
        await Store.Pauses.PauseAsync(new OuterPause(target, pause), Entry("pause"));

        Assert.Empty(await PlanAsync(Minute(101)));

        await Store.Pauses.ResumeAsync(target, new PauseEnding(Minute(102), null, true), Entry("resume"));
        Assert.Equal(Minute(5), Assert.Single(await PlanAsync(Minute(102))).Occurrence);
    }

    [Fact]
    public async Task Change_Refused_IsAuditedAndWritesNothing()
    {
        var schedule = await IdleAsync();

        var outcome = await Store.Backfills.ChangeAsync(
            schedule.Scope, schedule.Id, null, ground => BackfillRules.Pause(ground, Minute(100)), Entry("schedule.backfill-pause"));

        Assert.IsType<BackfillOutcome.NoBackfill>(outcome);
        Assert.Contains(
            await Store.Audit.ListAsync(Acme, 10), e => e is { Action: "schedule.backfill-pause", Outcome: AuditOutcome.Refused });
        Assert.IsType<BackfillOutcome.NotFound>(await Store.Backfills.ChangeAsync(
            await Installed(Globex), schedule.Id, null, _ => throw new InvalidOperationException(), Entry("schedule.backfill")));
    }

    [Fact]
    public async Task Change_PausedCancelledAndDisabled_StopsAndGoesOn()
    {
        var schedule = await IdleAsync();
        await BeginAsync(schedule, Minute(100), null, new(Minute(5)), new(Minute(10)));
        await SteerAsync(schedule, ground => BackfillRules.Pause(ground, Minute(101)));
        Assert.Empty(await PlanAsync(Minute(101)));
        await SteerAsync(schedule, ground => BackfillRules.Resume(ground, Minute(102)));
        var run = Assert.Single(await PlanAsync(Minute(102)));

        await Store.Installs.SetEnabledAsync(schedule.Scope, false, Minute(103), s => s with { NextDueAt = null }, Entry("install.disable"));
        await Complete(Succeeded(run, Minute(103)));
        Assert.Empty(await PlanAsync(Minute(104)));
        Assert.Equal((true, 1), (await Reloaded(schedule)).Waiting!.Backfill is { } left ? (left.IsPaused, left.Left.Count) : default);
        Assert.IsType<BackfillOutcome.InstallDisabled>(await SteerAsync(schedule, ground => BackfillRules.Resume(ground, Minute(104))));
        await Store.Installs.SetEnabledAsync(schedule.Scope, true, Minute(105), s => s with { NextDueAt = Minute(10_000) }, Entry("install.enable"));
        Assert.Empty(await PlanAsync(Minute(105)));
        await SteerAsync(schedule, ground => BackfillRules.Resume(ground, Minute(106)));

        await SteerAsync(schedule, ground => BackfillRules.Cancel(ground, Minute(107)));
        Assert.Empty(await PlanAsync(Minute(107)));
        Assert.Null((await Reloaded(schedule)).Waiting);
    }

    [Fact]
    public async Task Sum_OfABackfill_IsToldByItsRunsAndInTheAuditOnceItEnded()
    {
        var schedule = await IdleAsync();
        Assert.Null(await Store.Whys.SumBackfillAsync(schedule.Scope, schedule.Id));
        await BeginAsync(schedule, Minute(100), "the bank", new(Minute(5)), new(Minute(10)), new(Minute(15)));
        var first = Assert.Single(await PlanAsync(Minute(101)));

        var begun = await Store.Whys.SumBackfillAsync(schedule.Scope, schedule.Id);
        Assert.Equal((3, 0, 0, 1, 2, "ops", "the bank"), (begun!.Total, begun.Succeeded, begun.Failed, begun.Open, begun.Left, begun.By, begun.Note));
        Assert.Equal((Minute(101), null), (begun.BeganAt, begun.LastEndedAt));

        await Complete(Succeeded(first, Minute(102)));
        await Complete(Failed(Assert.Single(await PlanAsync(Minute(103))), Minute(104)));
        await Complete(Succeeded(Assert.Single(await PlanAsync(Minute(105))), Minute(106)));
        Assert.Empty(await PlanAsync(Minute(107)));

        var ended = await Store.Whys.SumBackfillAsync(schedule.Scope, schedule.Id);
        Assert.Equal((3, 2, 1, 0, 0), (ended!.Total, ended.Succeeded, ended.Failed, ended.Open, ended.Left));
        Assert.Equal(Minute(106).AddSeconds(1), ended.LastEndedAt);
        Assert.Equal(["2 succeeded, 1 failed, 0 left out: the bank"], await EndsAsync(schedule));
    }

    [Fact]
    public async Task Sum_OfTheLatestOfTwoAndOfOneThatWasCutShort_CountsItsOwnRuns()
    {
        var schedule = await IdleAsync();
        await BeginAsync(schedule, Minute(100), null, new BackfilledOccurrence(Minute(5)));
        await Complete(Succeeded(Assert.Single(await PlanAsync(Minute(101))), Minute(101)));
        Assert.Empty(await PlanAsync(Minute(102)));
        var first = await Store.Whys.SumBackfillAsync(schedule.Scope, schedule.Id);
        await BeginAsync(schedule, Minute(110), null, new(Minute(10)), new(Minute(15)));
        await Complete(Failed(Assert.Single(await PlanAsync(Minute(111))), Minute(112)));

        await SteerAsync(schedule, ground => BackfillRules.Cancel(ground, Minute(112)));

        var second = await Store.Whys.SumBackfillAsync(schedule.Scope, schedule.Id);
        Assert.Equal((2, 0, 1, 0, 1), (second!.Total, second.Succeeded, second.Failed, second.Open, second.Left));
        Assert.Equal(first, await Store.Whys.SumBackfillAsync(
            schedule.Scope, schedule.Id, new RunAsk(first!.By) { Backfill = new BackfillPlace(first.Id, first.Total) }));
        Assert.Equal(["1 succeeded, 0 failed, 0 left out"], await EndsAsync(schedule));
        Assert.Null(await Store.Whys.SumBackfillAsync(await Installed(Globex), schedule.Id));
    }

    [Fact]
    public async Task Claim_OfAScheduleThatCannotBePlannedAnyMore_EndsItsBackfillInTheAudit()
    {
        var schedule = await IdleAsync();
        await BeginAsync(schedule, Minute(100), null, new(Minute(5)), new(Minute(10)));

        await Store.Claims.ClaimAsync(
            Request(Minute(101), plan: due => new OccurrencePlan(null, null, null, null, null, "The zone is not known here")));

        Assert.Equal(["0 succeeded, 0 failed, 2 left out"], await EndsAsync(schedule));
    }

    private async Task<IReadOnlyList<string?>> EndsAsync(Schedule schedule) =>
    [
        .. (await Store.Audit.ListAsync(Acme, 100)).Where(e => e.Action == "schedule.backfill-end")
            .Select(e =>
            {
                Assert.Equal(
                    (schedule.Id.ToString(), Actor.Host, schedule.Scope.Install, AuditOutcome.Done), (e.Target, e.Actor, e.Install!.Value, e.Outcome));
                return e.Detail;
            }),
    ];

    private async Task<IReadOnlyList<ClaimedRun>> PlanAsync(DateTimeOffset now)
    {
        var planner = new OccurrencePlanner(TimeSpan.FromHours(24));
        var runs = new List<ClaimedRun>();
        ClaimedBatch batch;
        do
        {
            batch = await Store.Claims.ClaimAsync(Request(now, plan: due => planner.Plan(due, now)));
            runs.AddRange(batch.Runs);
        }
        while (batch.More);

        return runs;
    }

    // Due again long after all that a fact does.
    private async Task<Schedule> IdleAsync() => await Created(await Installed(), Minute(10_000));

    private async Task BeginAsync(Schedule schedule, DateTimeOffset now, string? note, params BackfilledOccurrence[] occurrences)
    {
        var outcome = await Store.Backfills.ChangeAsync(
            schedule.Scope,
            schedule.Id,
            Hour,
            ground =>
            {
                Assert.True(ground.InstallEnabled);
                var backfill = new Backfill
                {
                    Id = NewId(),
                    From = Hour.From,
                    To = Hour.To,
                    Of = Hour.Of,
                    Note = note,
                    By = "ops",
                    Since = now,
                    Total = occurrences.Length,
                    Left = occurrences,
                    LatestDueAt = ground.LatestDueAt,
                };
                var after = ground.Schedule with { Waiting = new Waiting { Backfill = backfill }, UpdatedAt = now };
                return new BackfillChange(new BackfillOutcome.Done(backfill, []), after);
            },
            Entry("schedule.backfill"));
        Assert.IsType<BackfillOutcome.Done>(outcome);
    }

    private ValueTask<BackfillOutcome> SteerAsync(Schedule schedule, Func<BackfillGround, BackfillChange> change) =>
        Store.Backfills.ChangeAsync(schedule.Scope, schedule.Id, null, change, Entry("schedule.backfill"));

    private async Task SaysAsync(ClaimedRun run, DateTimeOffset occurrence, RunId? repeats)
    {
        var row = await Reloaded(run);
        Assert.Equal((RunTrigger.Backfill, occurrence, repeats, "ops"), (row.Trigger, row.Occurrence, row.Repeats, row.RequestedBy));
    }
}
