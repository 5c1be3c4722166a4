using Escapement.Firing.Ending;
using Escapement.Retention;
using Escapement.Runs;

namespace Escapement.Stores.Conformance;

public abstract class RetentionFacts(IStoreFixture store) : StoreFacts(store)
{
    // Later than everything that a fact makes, by the clock that ids are taken from too; and earlier than all of it.
    private static readonly DateTimeOffset Later = TimeProvider.System.GetUtcNow().AddDays(1);
    private static readonly DateTimeOffset Before = T0.AddDays(-1);

    [Fact]
    public async Task Step_EndedAndOld_IsRemoved()
    {
        var schedule = await Created(await Installed(), Minute(0));
        await Complete(Succeeded(Assert.Single((await Claim(Minute(0))).Runs), Minute(0)));

        var step = await Store.Retention.StepAsync(new RetentionCutoffs(Later, Later, Later));

        Assert.True(step.Rows > 1);
        Assert.False(step.More);
        Assert.Empty(await Ledger(schedule));
        Assert.Empty(await Store.Audit.ListAsync(Acme, 100));
        var after = await Reloaded(schedule);
        Assert.Equal((Minute(5), Minute(0)), (after.NextDueAt, after.LastDueAt));
    }

    [Fact]
    public async Task Step_NotOldYet_Stays()
    {
        var schedule = await Created(await Installed(), Minute(0));
        await Complete(Succeeded(Assert.Single((await Claim(Minute(0))).Runs), Minute(0)));
        var audit = await Store.Audit.ListAsync(Acme, 100);

        var step = await Store.Retention.StepAsync(new RetentionCutoffs(Later, Before, Before));

        Assert.Equal(new RetentionStep(0, 0, false), step);
        Assert.Single(await Ledger(schedule));
        Assert.Equal(audit, await Store.Audit.ListAsync(Acme, 100));
    }

    [Fact]
    public async Task Step_NullCutoffs_KeepsAll()
    {
        var schedule = await Created(await Installed(), Minute(0));
        await Complete(Succeeded(Assert.Single((await Claim(Minute(0))).Runs), Minute(0)));

        Assert.Equal(new RetentionStep(0, 0, false), await Store.Retention.StepAsync(new RetentionCutoffs(Later, null, null)));

        Assert.Single(await Ledger(schedule));
        Assert.NotEmpty(await Store.Audit.ListAsync(Acme, 100));
    }

    [Fact]
    public async Task Step_RunUnderWay_StaysAndCanBeRecoveredAndCompleted()
    {
        var schedule = await Created(await Installed(), Minute(0));
        var run = Assert.Single((await Claim(Minute(0))).Runs);

        await Store.Retention.StepAsync(new RetentionCutoffs(Later, Later, Later));
        Assert.Equal(new RecoveredRuns(1, 0), await Store.Claims.RecoverAsync(Recovery(Minute(10), 3)));
        await Store.Retention.StepAsync(new RetentionCutoffs(Later, Later, Later));

        var request = Request(Minute(10), maxRuns: 1, token: TokenB, plan: _ => throw new InvalidOperationException());
        var again = Assert.Single((await Store.Claims.ClaimAsync(request)).Runs);
        Assert.Equal((run.Lease.Id, 2), (again.Lease.Id, again.Attempt));
        await Complete(Succeeded(again, Minute(10)));
        Assert.Equal(RunState.Succeeded, Assert.Single(await Ledger(schedule)).State);
    }

    [Fact]
    public async Task Step_QueuedRun_Stays()
    {
        var schedule = await Created(await Installed());
        await Store.Runs.RunNowAsync(schedule.Scope, schedule.Id, new RunId(NewId()), Minute(0), "ops", Entry("schedule.run-now"));

        await Store.Retention.StepAsync(new RetentionCutoffs(Later, Later, Later));

        Assert.Equal(RunState.Queued, Assert.Single(await Ledger(schedule)).State);
        Assert.Single((await Claim(Minute(0))).Runs);
    }

    [Fact]
    public async Task Step_MoreThanOneStepTakes_GoesOnUntilNothingIsLeft()
    {
        foreach (var tenant in new TenantId?[] { null, Acme, Globex })
        {
            await Store.Audit.AppendAsync([.. Enumerable.Range(0, 1_100).Select(_ => Entry("schedule.list") with { Tenant = tenant })]);
        }

        var rows = 0L;
        var steps = 0;
        RetentionStep step;
        do
        {
            step = await Store.Retention.StepAsync(new RetentionCutoffs(Later, Later, Later));
            rows += step.Rows;
            steps++;
        }
        while (step.More);

        Assert.True(steps > 1);
        Assert.Equal(3_300, rows);
        Assert.Empty(await Store.Audit.ListAsync(Acme, 10));
        Assert.Empty(await Store.Audit.ListAsync(Globex, 10));
    }

    [Fact]
    public async Task Step_SeveralNodesAtOnce_RemoveEachRowOnce()
    {
        await Store.Audit.AppendAsync([.. Enumerable.Range(0, 900).Select(_ => Entry("schedule.list"))]);

        var steps = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
            await Store.Retention.StepAsync(new RetentionCutoffs(Later, Later, Later)))));
        while ((await Store.Retention.StepAsync(new RetentionCutoffs(Later, Later, Later))).More)
        {
        }

        Assert.InRange(steps.Sum(s => s.Rows), 1, 900);
        Assert.Empty(await Store.Audit.ListAsync(Acme, 10));
    }
}
