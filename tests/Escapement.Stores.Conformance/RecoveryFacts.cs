using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Stores.Conformance;

public abstract class RecoveryFacts(IStoreFixture store) : StoreFacts(store)
{
    // Request gives leases of thirty seconds.
    private static readonly DateTimeOffset LeaseEnd = T0.AddSeconds(30);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public async Task Recover_OneStepEitherSideOfTheLease_LeavesOrQueues(int milliseconds, int queued)
    {
        await Running();

        Assert.Equal(new RecoveredRuns(queued, 0), await Store.Claims.RecoverAsync(Recovery(LeaseEnd.AddMilliseconds(milliseconds), 3)));
    }

    [Fact]
    public async Task Recover_LostRun_ComesBackAsTheNextAttemptOfTheSameOccurrence()
    {
        var (schedule, run) = await Running();

        await Store.Claims.RecoverAsync(Recovery(Minute(1), 3));

        var queued = await Reloaded(run);
        Assert.Equal((RunState.Queued, RunReason.NodeLost, Minute(1)), (queued.State, queued.Reason, queued.AvailableAt));
        var lost = Assert.Single(queued.EarlierAttempts);
        Assert.Equal((1, Minute(1), RunReason.NodeLost, "node-a"), (lost.Attempt, lost.EndedAt, lost.Reason, lost.Node));
        Assert.Equal(run.Lease.Id, (await Reloaded(schedule)).ActiveRun);
        var again = Assert.Single((await Store.Claims.ClaimAsync(Request(Minute(1), token: TokenB))).Runs);
        Assert.Equal((run.Lease.Id, run.DueAt, 2, 1), (again.Lease.Id, again.DueAt, again.Attempt, again.LostAttempts));
    }

    [Fact]
    public async Task Writes_OfANodeThatComesBack_ChangeNothing()
    {
        var (schedule, run) = await Running();
        await Store.Claims.RecoverAsync(Recovery(Minute(1), 3));

        Assert.Equal([run.Lease.Id], await Store.Claims.RecordAsync([Succeeded(run, Minute(1))]));
        Assert.Equal([run.Lease.Id], await Store.Claims.ExtendLeasesAsync([run.Lease], Minute(9), latest: null));
        var again = Assert.Single((await Store.Claims.ClaimAsync(Request(Minute(1), token: TokenB))).Runs);
        Assert.Equal([run.Lease.Id], await Store.Claims.RecordAsync([Succeeded(run, Minute(1))]));
        Assert.Equal([run.Lease.Id], await Store.Claims.RecordAsync([Failed(run, Minute(1), retryAt: Minute(2))]));
        Assert.Equal([run.Lease.Id], await Store.Claims.ExtendLeasesAsync([run.Lease], Minute(9), latest: null));

        Assert.Equal(RunState.Running, (await Reloaded(run)).State);
        Assert.Equal(run.Lease.Id, (await Reloaded(schedule)).ActiveRun);
        await Complete(Succeeded(again, Minute(1)));
    }

    [Fact]
    public async Task Complete_AttemptBeforeOfTheSameToken_WritesNothing()
    {
        var (_, run) = await Running();
        await Store.Claims.RecoverAsync(Recovery(Minute(1), 3));
        Assert.Single((await Claim(Minute(1))).Runs);

        Assert.Equal([run.Lease.Id], await Store.Claims.RecordAsync([Succeeded(run, Minute(1))]));
    }

    [Fact]
    public async Task ExtendLeases_Held_AreNotRecoveredBefore()
    {
        var (_, run) = await Running();

        Assert.Empty(await Store.Claims.ExtendLeasesAsync([run.Lease], Minute(2), latest: null));

        Assert.Equal(new RecoveredRuns(0, 0), await Store.Claims.RecoverAsync(Recovery(Minute(2), 3)));
        Assert.Equal(new RecoveredRuns(1, 0), await Store.Claims.RecoverAsync(Recovery(Minute(2).AddMilliseconds(1), 3)));
    }

    [Fact]
    public async Task ExtendLeases_EarlierCallThatComesLate_LeavesTheLease()
    {
        var (_, run) = await Running();
        await Store.Claims.ExtendLeasesAsync([run.Lease], Minute(60), latest: null);

        Assert.Empty(await Store.Claims.ExtendLeasesAsync([run.Lease], Minute(2), latest: null));

        Assert.Equal(new RecoveredRuns(0, 0), await Store.Claims.RecoverAsync(Recovery(Minute(60), 3)));
    }

    [Fact]
    public async Task ExtendLeases_LeaseFromBeforeTheClockWasSetBack_IsCut()
    {
        var (_, run) = await Running();
        await Store.Claims.ExtendLeasesAsync([run.Lease], Minute(60), latest: null);

        Assert.Empty(await Store.Claims.ExtendLeasesAsync([run.Lease], Minute(2), Minute(7)));

        Assert.Equal(new RecoveredRuns(1, 0), await Store.Claims.RecoverAsync(Recovery(Minute(2).AddMilliseconds(1), 3)));
    }

    [Fact]
    public async Task ExtendLeases_OtherTokenTenantOrEndedRun_AreAnswered()
    {
        var (_, run) = await Running();

        Assert.Equal([run.Lease.Id], await Store.Claims.ExtendLeasesAsync([run.Lease with { Token = TokenB }], Minute(9), latest: null));
        Assert.Equal([run.Lease.Id], await Store.Claims.ExtendLeasesAsync([run.Lease with { Tenant = Globex }], Minute(9), latest: null));
        await Complete(Succeeded(run, Minute(0)));
        Assert.Equal([run.Lease.Id], await Store.Claims.ExtendLeasesAsync([run.Lease], Minute(9), latest: null));
    }

    [Fact]
    public async Task Recover_LostAsOftenAsAllowed_IsAbandonedAndTheScheduleSaysSo()
    {
        var (schedule, run) = await Running();
        Assert.Equal(new RecoveredRuns(1, 0), await Store.Claims.RecoverAsync(Recovery(Minute(1), 2)));
        Assert.Single((await Claim(Minute(1))).Runs);

        var recovered = await Store.Claims.RecoverAsync(Recovery(Minute(2), 2));
        Assert.Equal(new RecoveredRuns(0, 1), recovered);
        Assert.Equal(
            (schedule.Scope, run.Lease.Id, RunState.Abandoned),
            Assert.Single(recovered.Runs) is var lost ? (lost.Run.Scope, lost.Run.Id, lost.State) : default);

        var row = await Reloaded(run);
        Assert.Equal((RunState.Abandoned, RunReason.NodeLost, 2), (row.State, row.Reason, row.Attempt));
        Assert.Equal(Minute(2), row.FinishedAt);
        Assert.NotNull(row.Error);
        Assert.Single(row.EarlierAttempts);
        var after = await Reloaded(schedule);
        Assert.Null(after.ActiveRun);
        Assert.Equal(LastRunStatus.Error, after.LastRunStatus);
        Assert.NotNull(after.LastRunAt);
        Assert.Equal(row.Error, after.LastError);
        Assert.DoesNotContain((await Claim(Minute(2))).Runs, r => r.Lease.Id == run.Lease.Id);
    }

    [Fact]
    public async Task Recover_ScheduleDeletedMeanwhile_IsAbandoned()
    {
        var (schedule, run) = await Running();
        await Store.Schedules.DeleteAsync(schedule.Scope, schedule.Id, Limits(), Entry("schedule.delete"));

        Assert.Equal(new RecoveredRuns(0, 1), await Store.Claims.RecoverAsync(Recovery(Minute(1), 3)));

        Assert.Equal((RunState.Abandoned, RunReason.ScheduleDeleted), ((await Reloaded(run)).State, (await Reloaded(run)).Reason));
    }

    [Fact]
    public async Task Recover_InstallRemovedMeanwhile_IsAbandoned()
    {
        var (schedule, run) = await Running();
        await Store.Installs.RemoveAsync(schedule.Scope, Minute(0), keep: true, Entry("install.remove"));

        Assert.Equal(new RecoveredRuns(0, 1), await Store.Claims.RecoverAsync(Recovery(Minute(1), 3)));

        Assert.Equal((RunState.Abandoned, RunReason.InstallRemoved), ((await Reloaded(run)).State, (await Reloaded(run)).Reason));
    }

    private async Task<(Schedule Schedule, ClaimedRun Run)> Running()
    {
        var schedule = await Created(await Installed(), Minute(0));
        return (schedule, Assert.Single((await Claim(Minute(0))).Runs));
    }
}
