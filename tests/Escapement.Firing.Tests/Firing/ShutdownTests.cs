using Escapement.Sandbox;

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
        host.Sandbox.Behaviour = async (_, cancel) =>
        {
            await Task.Delay(Timeout.Infinite, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return new InvocationResult.Cancelled();
        };
        await host.StartEngineAsync();
        await host.AdvanceToAsync(Nine);
        await host.Signals.UntilAsync(() => host.Sandbox.Invocations.Count == 1, "an invocation");

        await host.StopEngineAsync();
        var left = Assert.Single(await host.LedgerAsync(schedule));
        Assert.Equal((RunState.Queued, 1), (left.State, left.EarlierAttempts.Count));

        host.Sandbox.Behaviour = (_, _) => Task.FromResult(FakeSandbox.Answer(200));
        await host.StartEngineAsync();
        await host.Signals.UntilAsync(() => host.Sandbox.Invocations.Count == 2, "the second attempt");
        await host.Signals.RecordedAsync(2);
        var run = Assert.Single(await host.LedgerAsync(schedule));
        Assert.Equal((left.Id, RunState.Succeeded, 2), (run.Id, run.State, run.Attempt));
    }
}
