using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Scheduling;

namespace Escapement.Firing;

/// <summary>What nobody foresaw: it ends the engine or one run, in order and within bounds, and never in silence.</summary>
public sealed class EngineFailureTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource<InvocationResult> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource testEnds = new();
    private HookedClaims claims = null!;
    private HookedInstalls installs = null!;

    public async ValueTask DisposeAsync() => await testEnds.CancelAsync();

    [Fact]
    public async Task ClaimLoop_Fails_LetsRunsFinishBeforeItsExceptionSurfaces()
    {
        await using var host = await CreateAsync();
        var schedule = await RunningAsync(host);

        Break(nameof(IClaimStore.ClaimAsync));
        await host.StepUntilAsync(() => host.Engine.CheckHealth().Problem == "The engine ended: its claim loop failed", Second / 4, "the failure");
        Assert.False(host.EngineTask.IsCompleted);
        answer.SetResult(FakeSandbox.Answer(200));

        await AssertSurfacesAsync(host);
        Assert.Equal(RunState.Succeeded, Assert.Single(await host.LedgerAsync(schedule)).State);
    }

    [Fact]
    public async Task ClaimLoop_FailsAndARunNeverEnds_GivesItBackAfterTheShutdownTimeout()
    {
        await using var host = await CreateAsync();
        var schedule = await RunningAsync(host);

        Break(nameof(IClaimStore.ClaimAsync));
        await host.StepUntilAsync(() => host.EngineTask.IsCompleted, Second / 10, "the end of the engine");

        await AssertSurfacesAsync(host);
        var run = Assert.Single(await host.LedgerAsync(schedule));
        Assert.Equal((RunState.Queued, RunReason.NodeStopped), (run.State, run.EarlierAttempts.Single().Reason));
    }

    [Fact]
    public async Task ClaimLoop_FailsWhileTheRecorderHangs_EndsAllTheSame()
    {
        await using var host = await CreateAsync();
        await RunningAsync(host);
        claims.Before = operation => operation switch
        {
            nameof(IClaimStore.ClaimAsync) => throw new InvalidOperationException("a bug in the store"),
            nameof(IClaimStore.RecordAsync) => Task.Delay(Timeout.Infinite, testEnds.Token),
            _ => Task.CompletedTask,
        };
        answer.SetResult(FakeSandbox.Answer(200));

        await host.StepUntilAsync(() => host.EngineTask.IsCompleted, Second, "the end of the engine");

        await AssertSurfacesAsync(host);
    }

    [Fact]
    public async Task LeaseLoop_Fails_GivesRunsBackAtOnce()
    {
        await using var host = await CreateAsync();
        var schedule = await RunningAsync(host);

        Break(nameof(IClaimStore.RecoverAsync));
        await host.StepUntilAsync(() => host.EngineTask.IsCompleted, Second / 4, "the end of the engine");

        await AssertSurfacesAsync(host);
        Assert.True(host.Time.GetUtcNow() < Nine + host.Options.ShutdownTimeout);
        var run = Assert.Single(await host.LedgerAsync(schedule));
        Assert.Equal((RunState.Queued, RunReason.NodeStopped), (run.State, run.EarlierAttempts.Single().Reason));
    }

    [Fact]
    public async Task RecordLoop_Fails_EndsTheOtherRunsAtOnce()
    {
        await using var host = await CreateAsync();
        var extension = await host.InstallAsync();
        await host.ScheduleAsync(extension);
        await host.ScheduleAsync(extension, endpoint: "GET /api/status");
        host.Sandbox.Behaviour = (i, cancel) => i.Request.Method == "GET" ? Task.FromResult(FakeSandbox.Answer(200)) : UntilAsync(cancel);
        await host.StartEngineAsync();

        Break(nameof(IClaimStore.RecordAsync));
        host.Time.SetUtcNow(Nine);

        await AssertSurfacesAsync(host);
        Assert.Equal(0, host.Engine.Running);
    }

    [Fact]
    public async Task Prepare_OneRunCannotBe_FailsThatRunOnly()
    {
        await using var host = await CreateAsync();
        var bad = await host.InstallAsync("bad");
        var good = (await host.Installs.InstallAsync(TenantId.Parse("good"), "com.acme.sync", null, ["cap:scheduler.manage"], TestHost.Admin)).Value;
        var broken = await host.ScheduleAsync(bad);
        var fine = await host.ScheduleAsync(good);
        installs.Before = scopes => scopes.Contains(bad.Install.Scope) ? throw new FormatException("an unreadable row") : Task.CompletedTask;
        await host.StartEngineAsync();

        await host.AdvanceToAsync(Nine);
        await host.Signals.RecordedAsync(2);

        Assert.Equal(RunState.Succeeded, Assert.Single(await host.LedgerAsync(fine)).State);
        var run = Assert.Single(await host.LedgerAsync(broken));
        Assert.Equal((RunState.Failed, RunReason.HostError), (run.State, run.Reason));
        Assert.Contains("an unreadable row", run.Error, StringComparison.Ordinal);
    }

    private static async Task<InvocationResult> UntilAsync(CancellationToken cancel)
    {
        await Task.Delay(Timeout.Infinite, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return new InvocationResult.Cancelled();
    }

    private static async Task AssertSurfacesAsync(TestHost host)
    {
        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => host.EngineTask.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal("a bug in the store", e.Message);
        Assert.False(host.Engine.CheckHealth().IsHealthy);
    }

    private async Task<TestHost> CreateAsync() => await TestHost.CreateAsync(
        wrapClaims: inner => claims = new HookedClaims(inner), wrapInstalls: inner => installs = new HookedInstalls(inner));

    private void Break(string broken) =>
        claims.Before = operation => operation == broken ? throw new InvalidOperationException("a bug in the store") : Task.CompletedTask;

    private async Task<Schedule> RunningAsync(TestHost host)
    {
        var schedule = await host.ScheduleAsync(await host.InstallAsync());
        host.Sandbox.Behaviour = async (_, cancel) =>
        {
            await using var ending = cancel.Register(() => answer.TrySetResult(new InvocationResult.Cancelled()));
            return await answer.Task;
        };
        await host.StartEngineAsync();
        await host.AdvanceToAsync(Nine);
        await host.Signals.UntilAsync(() => host.Sandbox.Invocations.Count == 1, "an invocation");
        return schedule;
    }
}
