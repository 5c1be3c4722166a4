using Escapement.Audit;
using Escapement.Firing.Claiming;
using Escapement.Pausing;
using Escapement.Retention;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Stores.Conformance;

/// <summary>Runs that repeat others: with the payload that those had, as long as it is kept.</summary>
public abstract class RerunFacts(IStoreFixture store) : StoreFacts(store)
{
    private const string First = "{\"first\":1}";
    private const string Second = "{\"second\":2}";

    // Later than everything that a fact makes, by more than a partition holds.
    private static readonly DateTimeOffset Later = TimeProvider.System.GetUtcNow().AddDays(30);

    [Fact]
    public async Task Ask_PayloadReplacedSince_HasThatOfTheRunThatItRepeats()
    {
        var (schedule, ran) = await RanAsync();
        await ReplaceAsync(schedule, Second);

        var queued = Assert.IsType<RunNowOutcome.Queued>(await AskAsync(ran, Minute(3), "again")).Run;
        Assert.Equal(
            (RunTrigger.Rerun, RunState.Queued, Minute(3), "again", "ops"),
            (queued.Trigger, queued.State, queued.DueAt, queued.Note, queued.RequestedBy));

        var run = Assert.Single((await Claim(Minute(3))).Runs);
        Assert.Equal((queued.Id, First, false), (run.Lease.Id, run.Payload, run.PayloadGone));
        Assert.Equal((RunTrigger.Rerun, Minute(3), Minute(0)), (run.Trigger, run.DueAt, run.Occurrence));
        await SaysWhatItRepeatsAsync(run, ran);

        await Complete(Succeeded(run, Minute(3)));
        await SaysWhatItRepeatsAsync(run, ran);
        Assert.Equal(Second, (await Reloaded(schedule)).Payload);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(First)]
    public async Task FindPayload_OfARun_IsWhatItHad(string? payload)
    {
        var (schedule, ran) = await RanAsync(payload);
        async Task<KeptPayload?> Found(TenantId tenant, long revision) => await Store.Runs.FindPayloadAsync(tenant, schedule.Id, revision);
        Assert.Equal(new KeptPayload(payload), await Found(Acme, ran.PayloadRevision!.Value));
        await ReplaceAsync(schedule, Second);
        Assert.Equal(new KeptPayload(payload), await Found(Acme, ran.PayloadRevision!.Value));
        Assert.Equal(new KeptPayload(Second), await Found(Acme, (await Reloaded(schedule)).PayloadRevision));
        Assert.Null(await Found(Globex, ran.PayloadRevision!.Value));
        Assert.Null(await Found(Acme, 99));
    }

    [Fact]
    public async Task Ask_PayloadStillTheSame_HasIt()
    {
        var (schedule, ran) = await RanAsync();
        await Store.Schedules.UpdateAsync(schedule.Scope, schedule.Id, s => s with { Cron = "*/10 * * * *" }, Limits(Minute(2)), Entry("schedule.update"));
        await AskAsync(ran, Minute(3));

        Assert.Equal(First, Assert.Single((await Claim(Minute(3))).Runs).Payload);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(First)]
    public async Task Ask_PayloadTakenAwayAndGivenBack_HasThatOfItsRun(string? payload)
    {
        var (schedule, ran) = await RanAsync(payload);
        await ReplaceAsync(schedule, payload is null ? First : null);
        await ReplaceAsync(schedule, Second);
        await AskAsync(ran, Minute(3));

        Assert.Equal(payload, Assert.Single((await Claim(Minute(3))).Runs).Payload);
    }

    [Fact]
    public async Task Ask_RepeatOfARepeat_HasThePayloadAndTheOccurrenceOfTheFirst()
    {
        var (schedule, ran) = await RanAsync();
        await ReplaceAsync(schedule, Second);
        await AskAsync(ran, Minute(3));
        var repeat = Assert.Single((await Claim(Minute(3))).Runs);
        await Complete(Failed(repeat, Minute(3)));

        await AskAsync(await Reloaded(repeat), Minute(4));

        var run = Assert.Single((await Claim(Minute(4))).Runs);
        Assert.Equal((First, Minute(0)), (run.Payload, run.Occurrence));
        Assert.Equal(repeat.Lease.Id, (await Reloaded(run)).Repeats);
    }

    [Fact]
    public async Task Ask_TwiceInTheSameMillisecond_AreTwoRuns()
    {
        var (schedule, ran) = await RanAsync();
        await AskAsync(ran, Minute(3));
        await Complete(Succeeded(Assert.Single((await Claim(Minute(3))).Runs), Minute(3)));

        await AskAsync(ran, Minute(3));
        await Complete(Succeeded(Assert.Single((await Claim(Minute(3))).Runs), Minute(3)));

        var repeats = (await Ledger(schedule)).Where(r => r.Repeats == ran.Id).ToList();
        Assert.Equal([Minute(3).AddMilliseconds(1), Minute(3)], repeats.Select(r => r.DueAt));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Claim_NextAttemptOfARepeat_HasTheSamePayload(bool lost)
    {
        var (schedule, ran) = await RanAsync();
        await ReplaceAsync(schedule, Second);
        await AskAsync(ran, Minute(3));
        var first = Assert.Single((await Claim(Minute(3))).Runs);
        if (lost)
        {
            await Store.Claims.RecoverAsync(Recovery(Minute(4), maxLostAttempts: 3));
        }
        else
        {
            await Complete(Failed(first, Minute(3), retryAt: Minute(4)));
        }

        await SaysWhatItRepeatsAsync(first, ran);
        var second = Assert.Single((await Claim(Minute(4))).Runs);

        Assert.Equal((first.Lease.Id, 2, First, Minute(0)), (second.Lease.Id, second.Attempt, second.Payload, second.Occurrence));
        await SaysWhatItRepeatsAsync(second, ran);
    }

    // What the next attempt has is what a repeat has then.
    [Fact]
    public async Task Ask_PayloadReplacedBetweenAttempts_HasThatOfTheLast()
    {
        var schedule = await Created(NewSchedule(await Installed(), Minute(0)) with { Payload = First });
        var run = Assert.Single((await Claim(Minute(0))).Runs);
        await ReplaceAsync(schedule, Second);
        await Complete(Failed(run, Minute(0), retryAt: Minute(1)));
        var again = Assert.Single((await Claim(Minute(1))).Runs);
        Assert.Equal(Second, again.Payload);
        await Complete(Failed(again, Minute(1)));
        await ReplaceAsync(schedule, "[3]");

        await AskAsync(await Reloaded(again), Minute(3));

        Assert.Equal(Second, Assert.Single((await Claim(Minute(3))).Runs).Payload);
    }

    [Fact]
    public async Task Update_PayloadThatNoRunHad_IsNotKept()
    {
        var (schedule, ran) = await RanAsync();
        await ReplaceAsync(schedule, Second);
        var unused = (await Reloaded(schedule)).PayloadRevision;
        await ReplaceAsync(schedule, "[3]");

        Assert.IsType<RunNowOutcome.PayloadGone>(await AskAsync(ran with { PayloadRevision = unused }, Minute(3)));

        Assert.Null((await Reloaded(schedule)).ActiveRun);
        Assert.Contains(
            await Store.Audit.ListAsync(Acme, 10),
            e => e is { Action: "schedule.rerun", Outcome: AuditOutcome.Refused, Detail: not null });
    }

    [Fact]
    public async Task Ask_PayloadGoneWithItsAge_IsRefused()
    {
        var (schedule, ran) = await RanAsync();
        await ReplaceAsync(schedule, Second);

        await Store.Retention.StepAsync(new RetentionCutoffs(Later, Later, null));

        Assert.IsType<RunNowOutcome.PayloadGone>(await AskAsync(ran, Later));
    }

    [Fact]
    public async Task Ask_OldPayload_IsKeptForAsLongAsTheRunThatIsToHaveIt()
    {
        var (schedule, ran) = await RanAsync();
        await ReplaceAsync(schedule, Second);
        await AskAsync(ran, Later.AddDays(30));

        await Store.Retention.StepAsync(new RetentionCutoffs(Later, Later, null));

        Assert.Equal((First, false), Assert.Single((await Claim(Later.AddDays(30))).Runs) is var run ? (run.Payload, run.PayloadGone) : default);
    }

    [Fact]
    public async Task Claim_PayloadGoneWhileItWaited_SaysSo()
    {
        var (schedule, ran) = await RanAsync();
        await ReplaceAsync(schedule, Second);
        await AskAsync(ran, Minute(3));

        await Store.Retention.StepAsync(new RetentionCutoffs(Later, Later, null));

        Assert.Equal((null, true), Assert.Single((await Claim(Later)).Runs) is var run ? (run.Payload, run.PayloadGone) : default);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Claim_BelowAPauseOfScheduleOrInstall_StartsARepeat(bool ofTheSchedule)
    {
        var (schedule, ran) = await RanAsync();
        var pause = new Pause { Id = NewId(), Layer = PauseLayer.Install, Since = Minute(2), Cause = PauseCause.Asked, Note = "move", By = "ops" };
        if (ofTheSchedule)
        {
            await Store.Schedules.UpdateAsync(
                schedule.Scope,
                schedule.Id,
                s => s with { Pause = pause with { Layer = PauseLayer.Schedule } },
                Limits(Minute(2)),
                Entry("schedule.pause"));
        }
        else
        {
            await Store.Pauses.PauseAsync(new OuterPause(PauseTarget.Of(schedule.Scope), pause), Entry("pause"));
        }

        await AskAsync(ran, Minute(3));

        Assert.Equal(ran.Id, (await Reloaded(Assert.Single((await Claim(Minute(3))).Runs))).Repeats);
    }

    [Fact]
    public async Task Delete_WhileARepeatWaits_GivesItUpAsWhatItIs()
    {
        var (schedule, ran) = await RanAsync();
        var queued = Assert.IsType<RunNowOutcome.Queued>(await AskAsync(ran, Minute(3), "again")).Run;

        await Store.Schedules.DeleteAsync(schedule.Scope, schedule.Id, Limits(Minute(4)), Entry("schedule.delete"));

        var given = (await Store.Runs.GetAsync(Acme, queued.Id))!;
        Assert.Equal((RunState.Abandoned, RunReason.ScheduleDeleted, RunTrigger.Rerun), (given.State, given.Reason, given.Trigger));
        Assert.Equal((ran.Id, Minute(0), "again"), (given.Repeats, given.Occurrence, given.Note));
    }

    [Fact]
    public async Task Ask_ScheduleCameBack_HasThePayloadOfBefore()
    {
        var (schedule, ran) = await RanAsync();
        await ReplaceAsync(schedule, Second);
        await Store.Schedules.DeleteAsync(schedule.Scope, schedule.Id, Limits(Minute(3)) with { KeptDeleted = 50 }, Entry("schedule.delete"));
        Assert.IsType<RunNowOutcome.NotFound>(await AskAsync(ran, Minute(3)));
        await Store.RemovedSchedules.RestoreAsync(schedule.Scope, schedule.Id, T0, s => s, Limits(Minute(4)), Entry("schedule.restore"));

        await AskAsync(ran, Minute(5));

        Assert.Equal(First, Assert.Single((await Claim(Minute(5))).Runs).Payload);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task Ask_PayloadsReplacedVeryOften_HasTheLastFewAlone(int more, bool isKept)
    {
        var (schedule, ran) = await RanAsync();
        for (var i = 0; i < ScheduleRules.MostPastPayloads + more; i++)
        {
            await RanWithAsync(schedule, $"{{\"n\":{i}}}", Minute(10 + i));
        }

        var outcome = await AskAsync(ran, Minute(100));

        Assert.Equal(isKept ? typeof(RunNowOutcome.Queued) : typeof(RunNowOutcome.PayloadGone), outcome.GetType());
    }

    // Another payload, and a run that has it.
    private async Task RanWithAsync(Schedule schedule, string payload, DateTimeOffset at)
    {
        await Store.Schedules.UpdateAsync(
            schedule.Scope, schedule.Id, s => s with { Payload = payload, NextDueAt = at }, Limits(at), Entry("schedule.update"));
        var claimed = Assert.Single((await Store.Claims.ClaimAsync(
            Request(at, plan: due => new OccurrencePlan(Minute(10_000), due.DueAt, due.DueAt, null, null)))).Runs);
        await Complete(Succeeded(claimed, at));
    }

    // A schedule that ran once with a payload, and is due again in an hour.
    private async Task<(Schedule Schedule, Run Ran)> RanAsync(string? payload = First)
    {
        var schedule = await Created(NewSchedule(await Installed(), Minute(0)) with { Payload = payload });
        var claimed = Assert.Single((await Store.Claims.ClaimAsync(
            Request(Minute(0), plan: due => new OccurrencePlan(Minute(10_000), due.DueAt, due.DueAt, null, null)))).Runs);
        await Complete(Succeeded(claimed, Minute(0)));
        return (schedule, await Reloaded(claimed));
    }

    private ValueTask<ScheduleChange> ReplaceAsync(Schedule schedule, string? payload) => Store.Schedules.UpdateAsync(
        schedule.Scope, schedule.Id, s => s with { Payload = payload }, Limits(Minute(2)), Entry("schedule.update"));

    private ValueTask<RunNowOutcome> AskAsync(Run ran, DateTimeOffset at, string? note = null)
    {
        var run = new AskedRun
        {
            Id = new RunId(NewId()),
            Scope = ran.Scope,
            Schedule = ran.Schedule,
            Trigger = RunTrigger.Rerun,
            At = at,
            By = "ops",
            Note = note,
            Repeats = ran.Id,
            Occurrence = ran.Occurrence ?? ran.DueAt,
            PayloadRevision = ran.PayloadRevision,
        };
        return Store.Runs.AskAsync(run, Entry("schedule.rerun"));
    }

    private async Task SaysWhatItRepeatsAsync(ClaimedRun run, Run ran)
    {
        var row = await Reloaded(run);
        Assert.Equal((ran.Id, Minute(0), ran.PayloadRevision), (row.Repeats, row.Occurrence, row.PayloadRevision));
        Assert.Equal((RunTrigger.Rerun, "ops"), (row.Trigger, row.RequestedBy));
    }
}
