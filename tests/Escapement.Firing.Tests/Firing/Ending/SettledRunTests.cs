using Escapement.Firing.Claiming;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Firing.Ending;

/// <summary>What becomes of runs whose attempt is over, without a database.</summary>
public sealed class SettledRunTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = Start.AddSeconds(10);
    private static readonly EndedAttempt First = new(1, Start.AddMinutes(-1), Start, RunReason.NodeLost, "node-b", "lost");

    private static readonly RunningRun Run = new()
    {
        Id = new RunId(Guid.NewGuid()),
        Scope = MemoryBucket.Scope("acme"),
        Schedule = new ScheduleId(Guid.NewGuid()),
        DueAt = Start.AddMinutes(-2),
        Trigger = RunTrigger.Schedule,
        Attempt = 2,
        LostAttempts = 1,
        StoppedAttempts = 0,
        CreatedAt = Start.AddMinutes(-2),
        StartedAt = Start,
        LeaseUntil = Start.AddSeconds(7),
        Node = "node-a",
        EarlierAttempts = [First],
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_PutBack_IsAsBeforeTheClaimUnlessItsScheduleIsGone(bool hasSchedule)
    {
        var settled = SettledRun.Of(Outcome(RunReason.Compiling) with { StartedAt = null, RetryAt = End.AddSeconds(5) }, Run, hasSchedule);

        Assert.Equal(
            hasSchedule ? (RunState.Queued, RunReason.Compiling, 1) : (RunState.Abandoned, RunReason.ScheduleDeleted, 2),
            (settled.State, settled.Reason, settled.Run.Attempt));
        Assert.Equal([First], settled.EarlierAttempts);
    }

    [Fact]
    public void Of_FailureThatIsTriedAgain_WaitsWithItsAttemptKept()
    {
        var settled = SettledRun.Of(Outcome(RunReason.Trap) with { RetryAt = End.AddSeconds(30) }, Run, hasSchedule: true);

        Assert.Equal((RunState.Queued, RunReason.Trap, End.AddSeconds(30)), (settled.State, settled.Reason, settled.AvailableAt));
        Assert.Equal([First, new EndedAttempt(2, Start, End, RunReason.Trap, "node-a", "it failed")], settled.EarlierAttempts);
        Assert.Equal((1, 0), (settled.LostAttempts, settled.StoppedAttempts));
    }

    [Fact]
    public void Of_AttemptGivenBack_CountsAsStoppedAndNeverAsLost()
    {
        var settled = SettledRun.Of(Outcome(RunReason.NodeStopped), Run, hasSchedule: true);

        Assert.Equal((RunState.Queued, End, 1, 1), (settled.State, settled.AvailableAt, settled.LostAttempts, settled.StoppedAttempts));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void Of_LostWithItsWorker_UsesUpNoAttemptOfThePolicyOnlyIfOthersSharedIt(bool shared, int stopped)
    {
        var settled = SettledRun.Of(Outcome(RunReason.WorkerLost) with { SharedLostWorker = shared }, Run, hasSchedule: true);

        Assert.Equal((RunState.Queued, 1, stopped), (settled.State, settled.LostAttempts, settled.StoppedAttempts));
        Assert.True(LostWorkers.RunsAlone(settled.EarlierAttempts));
        Assert.False(LostWorkers.RunsAlone(Run.EarlierAttempts));
    }

    [Fact]
    public void Of_LostWithASharedWorkerAndTheScheduleIsGone_IsGivenUp()
    {
        var settled = SettledRun.Of(Outcome(RunReason.WorkerLost) with { SharedLostWorker = true }, Run, hasSchedule: false);

        Assert.Equal((RunState.Abandoned, RunReason.ScheduleDeleted), (settled.State, settled.Reason));
    }

    [Fact]
    public void Mark_OfAnAttemptLostWithASharedWorker_LeavesTheLastRun() =>
        Assert.Null(ScheduleMark.Of(Outcome(RunReason.WorkerLost) with { SharedLostWorker = true }, staysOpen: true).LastRunAt);

    [Theory]
    [InlineData(RunReason.Trap, RunState.Failed, RunReason.Trap)]
    [InlineData(RunReason.NodeStopped, RunState.Abandoned, RunReason.ScheduleDeleted)]
    public void Of_ScheduleIsGone_IsClosed(RunReason ended, RunState state, RunReason reason)
    {
        var settled = SettledRun.Of(Outcome(ended), Run, hasSchedule: false);

        Assert.Equal((state, reason, End), (settled.State, settled.Reason, settled.At));
        Assert.Equal([First], settled.EarlierAttempts);
    }

    [Theory]
    [InlineData(3, RunState.Queued)]
    [InlineData(2, RunState.Abandoned)]
    public void Lost_AsManyAsAllowed_IsGivenUp(int allowed, RunState state)
    {
        var settled = LostRuns.Settle(Run, Request(allowed), hasInstall: true, hasSchedule: true);

        Assert.Equal((state, 2), (settled.State, settled.LostAttempts));
        Assert.Equal(state == RunState.Queued ? 2 : 1, settled.EarlierAttempts.Count);
        Assert.Equal(state == RunState.Queued ? null : "The node that ran it was lost; attempts lost so: 2", settled.Error);
    }

    [Theory]
    [InlineData(true, false, RunReason.ScheduleDeleted)]
    [InlineData(false, false, RunReason.InstallRemoved)]
    public void Lost_NothingToReturnTo_SaysWhatIsGone(bool hasInstall, bool hasSchedule, RunReason reason) =>
        Assert.Equal((RunState.Abandoned, reason), LostRuns.Settle(Run, Request(100), hasInstall, hasSchedule) is var s ? (s.State, s.Reason) : default);

    [Theory]
    [InlineData(7_000, RunReason.StoreLost, "Its node lost the store for longer than its lease")]
    [InlineData(7_001, RunReason.NodeLost, "The node that ran it was lost")]
    public void Lost_LeaseRanOutWhileTheStoreWasAway_IsNotTheNodesLoss(int awayFromMs, RunReason reason, string text)
    {
        var settled = LostRuns.Settle(Run, Request(3) with { StoreAwaySince = Start.AddMilliseconds(awayFromMs) }, hasInstall: true, hasSchedule: true);

        Assert.Equal((reason, reason, text), (settled.Reason, settled.EarlierAttempts[^1].Reason, settled.EarlierAttempts[^1].Error));
    }

    [Theory]
    [InlineData(RunState.Succeeded, RunReason.None, false, true, LastRunStatus.Success, true)]
    [InlineData(RunState.Failed, RunReason.Trap, false, true, LastRunStatus.Error, true)]
    [InlineData(RunState.Queued, RunReason.Trap, true, false, LastRunStatus.Error, true)]
    [InlineData(RunState.Queued, RunReason.NodeStopped, true, false, LastRunStatus.Error, false)]
    public void Mark_OfAnOutcome_ShowsWhatTheExtensionDid(RunState state, RunReason reason, bool staysOpen, bool frees, LastRunStatus status, bool shows)
    {
        var mark = ScheduleMark.Of(Outcome(reason) with { State = state }, staysOpen);

        Assert.Equal((frees, status, shows ? Start : (DateTimeOffset?)null), (mark.Frees, mark.Status, mark.LastRunAt));
        Assert.Equal(state == RunState.Succeeded ? null : "it failed", mark.Error);
    }

    private static AttemptOutcome Outcome(RunReason reason) => new()
    {
        Lease = new LeasedRun(Run.Id, Run.Scope.Tenant, Run.Schedule, Guid.NewGuid()),
        Attempt = 2,
        State = RunState.Queued,
        Reason = reason,
        StartedAt = Start,
        FinishedAt = End,
        Error = "it failed",
    };

    private static RecoveryRequest Request(int allowed) => new() { Now = End, MaxLostAttempts = allowed };
}
