using Escapement.Audit;
using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Stores.Conformance;

public abstract class OutcomeFacts(IStoreFixture store) : StoreFacts(store)
{
    [Fact]
    public async Task Complete_Success_ClosesTheRunAndShowsOnTheSchedule()
    {
        var (schedule, run) = await Running();
        var evidence = new RunEvidence([new GuestLogLine(Minute(1), "info", "h\u00e4llo")], 3, new Dictionary<string, int> { ["scheduler.list"] = 2 });

        await Complete(Succeeded(run, Minute(1)) with { Evidence = evidence });

        var row = await Reloaded(run);
        Assert.Equal((RunState.Succeeded, RunReason.None, 204, 1), (row.State, row.Reason, row.StatusCode, row.Attempt));
        Assert.Equal((Minute(1), Minute(1).AddSeconds(1)), (row.StartedAt, row.FinishedAt));
        Assert.Null(row.Error);
        Assert.Empty(row.EarlierAttempts);
        Assert.Equal(evidence.Log, row.Evidence.Log);
        Assert.Equal(3, row.Evidence.DroppedLogLines);
        Assert.Equal(2, row.Evidence.HostCalls["scheduler.list"]);
        var after = await Reloaded(schedule);
        Assert.Null(after.ActiveRun);
        Assert.Equal((Minute(1), LastRunStatus.Success), (after.LastRunAt, after.LastRunStatus));
        Assert.Null(after.LastError);
    }

    [Fact]
    public async Task Complete_WithATrace_KeepsThatOfEachAttempt()
    {
        var (_, run) = await Running();
        await Complete(Failed(run, Minute(1), retryAt: Minute(2)) with { Evidence = RunEvidence.None with { TraceId = "first" } });
        var again = Assert.Single((await Claim(Minute(2))).Runs);
        await Complete(Succeeded(again, Minute(2)) with { Evidence = RunEvidence.None with { TraceId = "second" } });

        var row = await Reloaded(run);
        Assert.Equal("second", row.Evidence.TraceId);
        Assert.Equal("first", Assert.Single(row.EarlierAttempts).TraceId);
    }

    [Fact]
    public async Task Complete_FailureThenSuccess_SetsAndClearsTheLastError()
    {
        var (schedule, run) = await Running();
        await Complete(Failed(run, Minute(1)));
        var failed = await Reloaded(schedule);
        Assert.Equal((LastRunStatus.Error, "The endpoint answered 500"), (failed.LastRunStatus, failed.LastError));
        Assert.Equal(
            (RunState.Failed, RunReason.ErrorStatus, 500),
            ((await Reloaded(run)).State, (await Reloaded(run)).Reason, (await Reloaded(run)).StatusCode));

        await Complete(Succeeded(Assert.Single((await Claim(Minute(5))).Runs), Minute(5)));

        Assert.Null((await Reloaded(schedule)).LastError);
    }

    [Fact]
    public async Task Complete_NeverStarted_LeavesTheLastRunFields()
    {
        var (schedule, run) = await Running();

        await Complete(Succeeded(run, Minute(1)) with { State = RunState.Abandoned, Reason = RunReason.InstallDisabled, StartedAt = null, StatusCode = null });

        var after = await Reloaded(schedule);
        Assert.Null(after.ActiveRun);
        Assert.Null(after.LastRunAt);
        Assert.Null(after.LastRunStatus);
        Assert.True(after.Enabled);
        Assert.Equal((RunState.Abandoned, RunReason.InstallDisabled), ((await Reloaded(run)).State, (await Reloaded(run)).Reason));
    }

    [Fact]
    public async Task Complete_EndpointGone_HoldsTheScheduleAndSaysWhy()
    {
        var (schedule, run) = await Running();

        await Complete(Succeeded(run, Minute(1)) with
        {
            State = RunState.Abandoned,
            Reason = RunReason.EndpointGone,
            StartedAt = null,
            StatusCode = null,
            Error = "No such endpoint",
            HoldsSchedule = true,
        });

        var after = await Reloaded(schedule);
        Assert.True(after.Enabled);
        Assert.Equal(
            (PauseCause.EndpointGone, PauseLayer.Schedule, "No such endpoint"),
            after.Pause is { } hold ? (hold.Cause, hold.Layer, hold.Note) : default);
        Assert.Contains(await Store.Audit.ListAsync(Acme, 9), e => e.Action == "schedule.pause" && e.Actor == Actor.Host);
        Assert.Null(after.ActiveRun);
        Assert.Null(after.LastRunAt);
        Assert.Equal("No such endpoint", after.LastError);
        Assert.Empty((await Claim(Minute(60))).Runs);
    }

    [Fact]
    public async Task Complete_Retry_QueuesAgainWithTheEndedAttempt()
    {
        var (schedule, run) = await Running();

        await Complete(Failed(run, Minute(1), retryAt: Minute(3)));

        var queued = await Reloaded(run);
        Assert.Equal((RunState.Queued, RunReason.ErrorStatus, Minute(3)), (queued.State, queued.Reason, queued.AvailableAt));
        Assert.Null(queued.FinishedAt);
        Assert.Equal(
            new EndedAttempt(1, Minute(1), Minute(1).AddSeconds(1), RunReason.ErrorStatus, "node-a", "The endpoint answered 500") { Version = VersionA },
            Assert.Single(queued.EarlierAttempts));
        var after = await Reloaded(schedule);
        Assert.Equal(run.Lease.Id, after.ActiveRun);
        Assert.Equal((Minute(1), LastRunStatus.Error), (after.LastRunAt, after.LastRunStatus));
        Assert.Empty((await Claim(Minute(3).AddMilliseconds(-1))).Runs);

        var again = Assert.Single((await Store.Claims.ClaimAsync(Request(Minute(3), token: TokenB, node: "node-b"))).Runs);

        Assert.Equal((run.Lease.Id, run.DueAt, TokenB), (again.Lease.Id, again.DueAt, again.Lease.Token));
        Assert.Equal((2, 0, RunTrigger.Schedule), (again.Attempt, again.LostAttempts, again.Trigger));
        Assert.Equal((RunState.Running, RunReason.None), ((await Reloaded(run)).State, (await Reloaded(run)).Reason));
        await Complete(Succeeded(again, Minute(3)));
        var closed = await Reloaded(run);
        Assert.Equal((RunState.Succeeded, 2, "node-b"), (closed.State, closed.Attempt, closed.Node));
        Assert.Null(closed.Error);
        Assert.Single(closed.EarlierAttempts);
        Assert.Null((await Reloaded(schedule)).ActiveRun);
    }

    [Fact]
    public async Task Complete_RetryWhileOccurrencesComeDue_SkipsThem()
    {
        var (schedule, run) = await Running();
        await Complete(Failed(run, Minute(1), retryAt: Minute(30)));

        Assert.Equal(1, (await Claim(Minute(5))).Skipped);

        Assert.Equal(RunState.Skipped, (await Ledger(schedule))[0].State);
    }

    [Fact]
    public async Task Complete_RetryOfADisabledSchedule_TellsTheClaimSo()
    {
        var (schedule, run) = await Running();
        await Complete(Failed(run, Minute(1), retryAt: Minute(3)));
        await Store.Schedules.UpdateAsync(schedule.Scope, schedule.Id, s => s with { Enabled = false, NextDueAt = null }, Limits(), Entry("schedule.update"));

        Assert.False(Assert.Single((await Claim(Minute(3))).Runs).ScheduleEnabled);
    }

    [Fact]
    public async Task Complete_GivenBackByAStoppedNode_IsTheNextAttemptAndNotALostOne()
    {
        var (schedule, run) = await Running();

        await Complete(GivenBack(run, Minute(1)));

        var queued = await Reloaded(run);
        Assert.Equal((RunState.Queued, RunReason.NodeStopped, Minute(2)), (queued.State, queued.Reason, queued.AvailableAt));
        Assert.Equal(
            new EndedAttempt(1, Minute(1), Minute(1).AddSeconds(1), RunReason.NodeStopped, "node-a", "The node was stopped") { Version = VersionA },
            Assert.Single(queued.EarlierAttempts));
        var again = Assert.Single((await Claim(Minute(2))).Runs);
        Assert.Equal((2, 0, 1), (again.Attempt, again.LostAttempts, again.StoppedAttempts));
        Assert.Equal(run.Lease.Id, (await Reloaded(schedule)).ActiveRun);
    }

    [Fact]
    public async Task Complete_LostWithAWorkerThatItShared_RunsAloneFromThenOn()
    {
        var (_, run) = await Running();
        Assert.False(run.RunsAlone);
        await Complete(GivenBack(run, Minute(1)) with { Reason = RunReason.WorkerLost, SharedLostWorker = true });

        var alone = Assert.Single((await Claim(Minute(2))).Runs);
        Assert.Equal((true, 2, 0, 1), (alone.RunsAlone, alone.Attempt, alone.LostAttempts, alone.StoppedAttempts));
        Assert.Equal(run.Lease.Id, alone.Lease.Id);

        await Complete(GivenBack(alone, Minute(2)));
        Assert.True(Assert.Single((await Claim(Minute(3))).Runs).RunsAlone);
    }

    [Fact]
    public async Task Complete_GivenBack_LeavesTheLastRunFields()
    {
        var (schedule, first) = await Running();
        await Complete(Succeeded(first, Minute(1)));
        var run = Assert.Single((await Claim(Minute(5))).Runs);
        var before = await Reloaded(schedule);

        await Complete(GivenBack(run, Minute(6)));

        Assert.Equal(before, await Reloaded(schedule));
    }

    [Fact]
    public async Task Complete_GivenBackMoreOftenThanAttemptsMayBeLost_IsStillTriedAgain()
    {
        var (_, run) = await Running();
        for (var i = 1; i <= 5; i++)
        {
            await Complete(GivenBack(run, Minute(i)));
            run = Assert.Single((await Claim(Minute(i + 1))).Runs);
        }

        Assert.Equal((6, 0, 5), (run.Attempt, run.LostAttempts, run.StoppedAttempts));
        Assert.Equal(new RecoveredRuns(1, 0), await Store.Claims.RecoverAsync(Recovery(Minute(60), 2)));
        Assert.Equal((7, 1, 5), (await Claim(Minute(60))).Runs is [var again] ? (again.Attempt, again.LostAttempts, again.StoppedAttempts) : default);
    }

    [Fact]
    public async Task Complete_GivenBackWithADeletedSchedule_IsAbandonedForThat()
    {
        var (schedule, run) = await Running();
        await Store.Schedules.DeleteAsync(schedule.Scope, schedule.Id, Limits(), Entry("schedule.delete"));

        await Complete(GivenBack(run, Minute(1)));

        Assert.Equal((RunState.Abandoned, RunReason.ScheduleDeleted), ((await Reloaded(run)).State, (await Reloaded(run)).Reason));
    }

    [Fact]
    public async Task Complete_RetryByPolicy_CountsNeitherAsLostNorAsGivenBack()
    {
        var (_, run) = await Running();

        await Complete(Failed(run, Minute(1), retryAt: Minute(1)));

        Assert.Equal((2, 0, 0), (await Claim(Minute(1))).Runs is [var again] ? (again.Attempt, again.LostAttempts, again.StoppedAttempts) : default);
    }

    [Fact]
    public async Task Complete_RetryOfADeletedSchedule_ClosesAsFailed()
    {
        var (schedule, run) = await Running();
        await Store.Schedules.DeleteAsync(schedule.Scope, schedule.Id, Limits(), Entry("schedule.delete"));

        await Complete(Failed(run, Minute(1), retryAt: Minute(3)));

        Assert.Equal((RunState.Failed, RunReason.ErrorStatus), ((await Reloaded(run)).State, (await Reloaded(run)).Reason));
        Assert.Empty((await Claim(Minute(3))).Runs);
    }

    [Fact]
    public async Task Complete_OtherToken_WritesNothingAndSaysSo()
    {
        var (schedule, run) = await Running();
        var before = await Reloaded(schedule);
        var stranger = Succeeded(run, Minute(1)) with { Lease = run.Lease with { Token = TokenB } };

        var lost = await Store.Claims.RecordAsync([stranger]);

        Assert.Equal([run.Lease.Id], lost);
        Assert.Equal(RunState.Running, (await Reloaded(run)).State);
        Assert.Equal(before, await Reloaded(schedule));
    }

    [Fact]
    public async Task Complete_OtherTenant_WritesNothing()
    {
        var (_, run) = await Running();

        var lost = await Store.Claims.RecordAsync([Succeeded(run, Minute(1)) with { Lease = run.Lease with { Tenant = Globex } }]);

        Assert.Equal([run.Lease.Id], lost);
        Assert.Equal(RunState.Running, (await Reloaded(run)).State);
    }

    [Fact]
    public async Task Complete_Twice_TheSecondIsLost()
    {
        var (_, run) = await Running();
        await Complete(Succeeded(run, Minute(1)));

        Assert.Equal([run.Lease.Id], await Store.Claims.RecordAsync([Failed(run, Minute(2))]));

        Assert.Equal(RunState.Succeeded, (await Reloaded(run)).State);
    }

    [Fact]
    public async Task Complete_OneLostAmongSeveral_WritesTheOthers()
    {
        var scope = await Installed();
        await Created(scope, Minute(0));
        await Created(scope, Minute(0));
        var runs = (await Claim(Minute(0))).Runs;

        var lost = await Store.Claims.RecordAsync(
            [Succeeded(runs[0], Minute(1)) with { Lease = runs[0].Lease with { Token = TokenB } }, Succeeded(runs[1], Minute(1))]);

        Assert.Equal([runs[0].Lease.Id], lost);
        Assert.Equal(RunState.Succeeded, (await Reloaded(runs[1])).State);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Record_PutBack_IsAsBeforeTheClaim(int times)
    {
        var schedule = await Created(await Installed(), Minute(0));
        for (var i = 0; i < times; i++)
        {
            var run = Assert.Single((await Claim(Minute(i))).Runs);
            Assert.Equal((1, 0, 0), (run.Attempt, run.LostAttempts, run.StoppedAttempts));
            await Complete(Failed(run, Minute(i), retryAt: Minute(i + 1), reason: RunReason.Compiling) with
            {
                StartedAt = null, Version = null, StatusCode = null, Error = "It is being compiled",
            });
        }

        var waiting = Assert.Single(await Ledger(schedule));
        Assert.Equal((RunState.Queued, RunReason.Compiling, 0), (waiting.State, waiting.Reason, waiting.Attempt));
        Assert.Equal(("It is being compiled", Minute(times)), (waiting.Error, waiting.AvailableAt));
        Assert.Empty(waiting.EarlierAttempts);
        Assert.Null((await Reloaded(schedule)).LastRunAt);
    }

    private static AttemptOutcome GivenBack(ClaimedRun run, DateTimeOffset at) =>
        Failed(run, at, retryAt: at.AddMinutes(1), reason: RunReason.NodeStopped) with { StatusCode = null, Error = "The node was stopped" };

    private async Task<(Schedule Schedule, ClaimedRun Run)> Running()
    {
        var schedule = await Created(await Installed(), Minute(0));
        return (schedule, Assert.Single((await Claim(Minute(0))).Runs));
    }
}
