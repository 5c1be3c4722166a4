using CsCheck;
using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Scheduling;

namespace Escapement.Firing;

public sealed class LostWorkerTests
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Loss_OfAWorkerThatItShared_IsRepeatedAloneWithTheSameKey()
    {
        await using var host = await TestHost.CreateAsync();
        var schedule = await host.ScheduleAsync(await host.InstallAsync());
        host.Sandbox.Behaviour = (invocation, _) =>
            Task.FromResult(invocation.Alone ? FakeSandbox.Answer(200) : new InvocationResult.WorkerLost(false, "it died"));
        await host.StartEngineAsync();

        await host.AdvanceToAsync(Nine);
        await host.Signals.RecordedAsync(1);
        await host.AdvanceAsync(TimeSpan.FromSeconds(1));
        await host.Signals.RecordedAsync(2);

        var run = Assert.Single(await host.LedgerAsync(schedule));
        Assert.Equal((RunState.Succeeded, 2, RunReason.WorkerLost), (run.State, run.Attempt, Assert.Single(run.EarlierAttempts).Reason));
        Assert.Equal([false, true], host.Sandbox.Invocations.Select(i => i.Alone));
        var headers = host.Sandbox.Invocations.Select(i => i.Request.Headers.ToDictionary()).ToList();
        Assert.Equal(["1", "2"], headers.Select(h => h["x-scheduler-attempt"]));
        Assert.Single(headers.Select(h => h["x-idempotency-key"]).Distinct());
    }

    [Fact]
    public async Task Loss_OfAWorkerThatItHadAlone_Fails()
    {
        await using var host = await TestHost.CreateAsync();
        var schedule = await host.ScheduleAsync(await host.InstallAsync());
        host.Sandbox.Behaviour = (_, _) => Task.FromResult<InvocationResult>(new InvocationResult.WorkerLost(true, "it died"));
        await host.StartEngineAsync();

        await host.AdvanceToAsync(Nine);
        await host.Signals.RecordedAsync(1);

        var run = Assert.Single(await host.LedgerAsync(schedule));
        Assert.Equal((RunState.Failed, RunReason.WorkerLost, "it died"), (run.State, run.Reason, run.Error));
        Assert.Single(host.Sandbox.Invocations);
    }

    [Fact]
    public async Task Loss_AgainAndAgain_PausesTheScheduleAndWhatSharedItDoesNotCount()
    {
        await using var host = await TestHost.CreateAsync();
        var schedule = await host.ScheduleAsync(await host.InstallAsync(), "*/5 * * * *", policy: new SchedulePolicyInput { PauseAfterFailures = 2 });
        host.Sandbox.Behaviour = (invocation, _) => Task.FromResult<InvocationResult>(new InvocationResult.WorkerLost(invocation.Alone, "it died"));
        await host.StartEngineAsync();
        for (var (run, at) = (0, Nine); run < 2; run++, at = at.AddMinutes(5))
        {
            Assert.Null((await host.ReadAsync(schedule)).Pause);
            await host.AdvanceToAsync(at);
            await host.Signals.RecordedAsync((2 * run) + 1);
            await host.AdvanceAsync(TimeSpan.FromSeconds(1));
            await host.Signals.RecordedAsync((2 * run) + 2);
        }

        var paused = await host.ReadAsync(schedule);
        Assert.Equal("Paused after 2 failed runs in a row", paused.Pause?.Note);
        Assert.Equal([RunState.Failed, RunState.Failed], (await host.LedgerAsync(schedule)).Select(r => r.State));
    }

    [Fact]
    public async Task NoWorkerCanBeStarted_AgainAndAgain_CountsNothing()
    {
        await using var host = await TestHost.CreateAsync();
        var schedule = await host.ScheduleAsync(await host.InstallAsync(), policy: new SchedulePolicyInput { PauseAfterFailures = 1 });
        host.Sandbox.Behaviour = (_, _) => Task.FromResult<InvocationResult>(new InvocationResult.NotReady(RunReason.SandboxUnavailable, "there is none"));
        await host.StartEngineAsync();
        await host.AdvanceToAsync(Nine);
        await host.Signals.RecordedAsync(1);
        await host.AdvanceAsync(InvocationResult.NotReady.RetryAfter + TimeSpan.FromSeconds(1));
        await host.Signals.RecordedAsync(2);

        Assert.Equal((null, 0), await host.ReadAsync(schedule) is var s ? (s.Pause, s.FailuresInARow) : default);
        var waiting = Assert.Single(await host.LedgerAsync(schedule));
        Assert.Equal((RunState.Queued, RunReason.SandboxUnavailable, "there is none"), (waiting.State, waiting.Reason, waiting.Error));
    }

    [Fact]
    public void Loss_ManyRunsThatShareWorkers_TheGuiltyAloneFailAfterOneRepeat()
    {
        // The model: whoever is guilty brings its worker down with all that is in it; in each round those that share are given out at random.
        (from guilty in Gen.Bool.Array[1, 12]
         from order in Gen.Shuffle(Enumerable.Range(0, guilty.Length).ToArray())
         from size in Gen.Int[1, 4]
         select (guilty, order, size)).Sample(x =>
         {
             var first = x.order.Chunk(x.size).SelectMany(worker => worker.Select(run => (run, outcome: Carry(x.guilty, worker, run)))).ToList();
             var again = first.Where(r => r.outcome.State == RunState.Queued)
                 .Select(r => (r.run, outcome: LostWorkers.RunsAlone([Attempt(r.outcome)]) ? Carry(x.guilty, [r.run], r.run) : r.outcome));
             var ended = first.Where(r => r.outcome.State != RunState.Queued).Concat(again).ToList();
             Assert.Equal(x.guilty.Length, ended.Count);
             Assert.All(ended, r => Assert.Equal(x.guilty[r.run] ? RunState.Failed : RunState.Succeeded, r.outcome.State));
             var counted = first.Concat(again).GroupBy(
                 r => r.run, r => FailureCount.Of(r.outcome, staysOpen: r.outcome.State == RunState.Queued) is var c ? c.After - c.Before : 0);
             Assert.All(counted, run => Assert.Equal(x.guilty[run.Key] ? 1 : 0, run.Sum()));
         });
    }

    private static AttemptOutcome Carry(bool[] guilty, int[] worker, int run) => worker.Any(r => guilty[r])
        ? LostWorkers.Settle(Outcome(RunState.Failed, RunReason.WorkerLost), alone: worker is [var only] && only == run)
        : Outcome(RunState.Succeeded, RunReason.None);

    private static EndedAttempt Attempt(AttemptOutcome outcome) =>
        new(outcome.Attempt, outcome.StartedAt, outcome.FinishedAt, outcome.Reason, "node-a", outcome.Error);

    private static AttemptOutcome Outcome(RunState state, RunReason reason) => new()
    {
        Lease = default(LeasedRun),
        Attempt = 1,
        State = state,
        Reason = reason,
        FinishedAt = Nine,
    };
}
