using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Scheduling;

namespace Escapement.Firing;

public class ShutdownTests
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Stop_WithARunUnderWay_WaitsForItAndRecordsIt()
    {
        await using var host = await TestHost.CreateAsync();
        var schedule = await host.ScheduleAsync(await host.InstallAsync());
        var answer = new TaskCompletionSource<InvocationResult>();
        host.Sandbox.Behaviour = (_, _) => answer.Task;
        await host.StartEngineAsync();
        await host.AdvanceToAsync(Nine);
        await host.Signals.UntilAsync(() => host.Sandbox.Invocations.Count == 1, "an invocation");

        var stopping = host.StopEngineAsync();
        Assert.False(stopping.IsCompleted);
        answer.SetResult(FakeSandbox.Answer(200));
        await stopping;

        Assert.Equal(RunState.Succeeded, Assert.Single(await host.LedgerAsync(schedule)).State);
    }

    [Fact]
    public async Task Stop_RunOutlastsTheLimit_IsQueuedForTheNextNode()
    {
        await using var host = await TestHost.CreateAsync(new FiringOptions { Node = "node-a", ShutdownTimeout = TimeSpan.Zero });
        var schedule = await host.ScheduleAsync(await host.InstallAsync());
        host.Sandbox.Behaviour = UntilEndedAsync;
        await host.StartEngineAsync();
        await host.AdvanceToAsync(Nine);
        await host.Signals.UntilAsync(() => host.Sandbox.Invocations.Count == 1, "an invocation");

        await host.StopEngineAsync();
        var left = Assert.Single(await host.LedgerAsync(schedule));
        Assert.Equal((RunState.Queued, RunReason.NodeStopped), (left.State, left.EarlierAttempts.Single().Reason));
        Assert.Null((await host.ReadAsync(schedule)).LastRunStatus);

        host.Sandbox.Behaviour = (_, _) => Task.FromResult(FakeSandbox.Answer(200));
        await host.StartEngineAsync();
        await host.Signals.UntilAsync(() => host.Sandbox.Invocations.Count == 2, "the second attempt");
        await host.Signals.RecordedAsync(2);
        var run = Assert.Single(await host.LedgerAsync(schedule));
        Assert.Equal((left.Id, RunState.Succeeded, 2), (run.Id, run.State, run.Attempt));
    }

    [Fact]
    public async Task Stop_FourTimesDuringOneLongRun_NeitherAbandonsItNorEatsItsRetries()
    {
        await using var host = await TestHost.CreateAsync(new FiringOptions { Node = "node-a", ShutdownTimeout = TimeSpan.Zero });
        var schedule = await host.ScheduleAsync(await host.InstallAsync(), retry: new RetryPolicy(2, TimeSpan.FromSeconds(1), 1, TimeSpan.FromSeconds(1)));
        host.Sandbox.Behaviour = UntilEndedAsync;
        host.Time.SetUtcNow(Nine);
        for (var deployment = 1; deployment <= 4; deployment++)
        {
            await host.StartEngineAsync();
            await host.Signals.UntilAsync(() => host.Sandbox.Invocations.Count == deployment, $"attempt {deployment}");
            await host.StopEngineAsync();
        }

        var between = Assert.Single(await host.LedgerAsync(schedule));
        Assert.Equal((RunState.Queued, 4), (between.State, between.Attempt));
        Assert.All(between.EarlierAttempts, a => Assert.Equal(RunReason.NodeStopped, a.Reason));

        // The policy's two attempts are still there: one fails, one succeeds.
        host.Sandbox.Behaviour = (_, _) => Task.FromResult(FakeSandbox.Answer(host.Sandbox.Invocations.Count == 5 ? 500 : 200));
        await host.StartEngineAsync();
        await host.Signals.RecordedAsync(5);
        await host.AdvanceAsync(TimeSpan.FromSeconds(2));
        await host.Signals.RecordedAsync(6);

        var run = Assert.Single(await host.LedgerAsync(schedule));
        Assert.Equal((RunState.Succeeded, 6), (run.State, run.Attempt));
        Assert.Equal(
            [RunReason.NodeStopped, RunReason.NodeStopped, RunReason.NodeStopped, RunReason.NodeStopped, RunReason.ErrorStatus],
            run.EarlierAttempts.Select(a => a.Reason));
    }

    [Fact]
    public async Task Stop_WhilePrepareWaitsForTheStore_GivesTheRunBackWithoutWaiting()
    {
        HookedInstalls? installs = null;
        await using var host = await TestHost.CreateAsync(wrapInstalls: inner => installs = new HookedInstalls(inner));
        var schedule = await host.ScheduleAsync(await host.InstallAsync());
        await host.StartEngineAsync();
        var asked = new TaskCompletionSource();
        installs!.Before = _ =>
        {
            asked.TrySetResult();
            throw new StoreUnavailableException("The test's store is away");
        };
        host.Time.SetUtcNow(Nine);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));

        // The clock stands still, so whatever waited for a limit would wait for ever.
        await host.StopEngineAsync().WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(0, host.Engine.Running);
        var run = Assert.Single(await host.LedgerAsync(schedule));
        Assert.Equal((RunState.Queued, 1), (run.State, run.Attempt));
        Assert.Equal((RunReason.NodeStopped, null), run.EarlierAttempts.Select(a => (a.Reason, a.StartedAt)).Single());
        Assert.Empty(host.Sandbox.Invocations);
    }

    [Fact]
    public async Task Stop_WhilePrepareHangs_GivesTheRunBackAfterTheLimit()
    {
        HookedInstalls? installs = null;
        await using var host = await TestHost.CreateAsync(wrapInstalls: inner => installs = new HookedInstalls(inner));
        var schedule = await host.ScheduleAsync(await host.InstallAsync());
        await host.StartEngineAsync();
        var asked = new TaskCompletionSource();
        using var testEnds = new CancellationTokenSource();
        installs!.Before = _ =>
        {
            asked.TrySetResult();
            return Task.Delay(Timeout.Infinite, testEnds.Token);
        };
        host.Time.SetUtcNow(Nine);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));

        var stopping = host.StopEngineAsync();
        await host.StepUntilAsync(() => host.Engine.Running == 0, TimeSpan.FromSeconds(1), "the run to be given back");

        // From here on nothing waits for the clock: the outcome is written, and the engine ends.
        await stopping.WaitAsync(TimeSpan.FromSeconds(30));
        var left = Assert.Single(await host.LedgerAsync(schedule));
        Assert.Equal((RunState.Queued, RunReason.NodeStopped), (left.State, left.EarlierAttempts.LastOrDefault()?.Reason));
        Assert.Equal(0, host.Engine.Running);
        await testEnds.CancelAsync();
    }

    private static async Task<InvocationResult> UntilEndedAsync(Invocation invocation, CancellationToken cancel)
    {
        await Task.Delay(Timeout.Infinite, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return new InvocationResult.Cancelled();
    }
}
