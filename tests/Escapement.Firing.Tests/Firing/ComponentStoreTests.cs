using Escapement.Runs;

namespace Escapement.Firing;

/// <summary>A store that is away while the sandbox fetches a component: the run waits, as it would at any other stage.</summary>
public class ComponentStoreTests
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Invoke_StoreAwayForAMoment_IsNoFailureOfTheRun()
    {
        await using var host = await TestHost.CreateAsync();
        var schedule = await host.ScheduleAsync(await host.InstallAsync());
        host.Sandbox.Behaviour = (_, _) => host.Sandbox.Invocations.Count <= 2 ? throw Away() : Task.FromResult(FakeSandbox.Answer(200));
        await host.StartEngineAsync();

        host.Time.SetUtcNow(Nine);
        await host.StepUntilAsync(() => host.Signals.Outcomes.Count == 1, TimeSpan.FromMilliseconds(250), "an outcome");

        Assert.Equal((RunState.Succeeded, 1), (await host.LedgerAsync(schedule)).Select(r => (r.State, r.Attempt)).Single());
    }

    [Fact]
    public async Task Invoke_StoreAwayWhileTheNodeStops_GivesTheRunBack()
    {
        await using var host = await TestHost.CreateAsync();
        var schedule = await host.ScheduleAsync(await host.InstallAsync());
        host.Sandbox.Behaviour = (_, _) => throw Away();
        await host.StartEngineAsync();
        host.Time.SetUtcNow(Nine);
        await host.Signals.UntilAsync(() => !host.Sandbox.Invocations.IsEmpty, "an invocation");

        await host.StopEngineAsync().WaitAsync(TimeSpan.FromSeconds(30));

        var run = Assert.Single(await host.LedgerAsync(schedule));
        Assert.Equal((RunState.Queued, RunReason.NodeStopped), (run.State, run.EarlierAttempts.Single().Reason));
    }

    [Fact]
    public async Task Invoke_StoreAwayUntilTheLeaseIsLost_LeavesTheRunToTheOther()
    {
        await using var host = await TestHost.CreateAsync();
        var schedule = await host.ScheduleAsync(await host.InstallAsync());
        host.Sandbox.Behaviour = (_, _) => throw Away();
        await host.StartEngineAsync();
        host.Time.SetUtcNow(Nine);
        await host.Signals.UntilAsync(() => !host.Sandbox.Invocations.IsEmpty, "an invocation");

        await host.ClaimAsOtherNodeAsync(Nine.AddMinutes(1), TimeSpan.FromHours(1));
        await host.StepUntilAsync(() => host.Engine.Running == 0, TimeSpan.FromSeconds(1), "the end of the wait");

        Assert.Equal((RunState.Running, "lost-node"), (await host.LedgerAsync(schedule)).Select(r => (r.State, r.Node)).Single());
        Assert.Empty(host.Signals.Outcomes);
    }

    private static StoreUnavailableException Away() => new("The test's store is away");
}
