using Escapement.Firing.Ending;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Scheduling;

namespace Escapement.Firing;

public class RecoveryTests
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task LostNode_RunIsTakenOver_WithTheSameKeyAndAttemptTwo()
    {
        await using var host = await TestHost.CreateAsync();
        var schedule = await host.ScheduleAsync(await host.InstallAsync());
        var lost = await host.ClaimAsOtherNodeAsync(Nine);

        host.Time.SetUtcNow(Nine.AddSeconds(30));
        await host.StartEngineAsync();
        await host.Signals.RecordedAsync(1);

        var run = Assert.Single(await host.LedgerAsync(schedule));
        Assert.Equal((lost.Lease.Id, Nine, RunState.Succeeded, 2), (run.Id, run.DueAt, run.State, run.Attempt));
        Assert.Equal((1, RunReason.NodeLost, "lost-node"), run.EarlierAttempts.Select(a => (a.Attempt, a.Reason, a.Node)).Single());
        var headers = host.Sandbox.Invocations.Single().Request.Headers.ToDictionary();
        Assert.Equal((lost.Lease.Id.ToString(), "2"), (headers["x-idempotency-key"], headers["x-scheduler-attempt"]));
    }

    [Fact]
    public async Task LostNode_LeaseStillHolds_IsLeftAlone()
    {
        await using var host = await TestHost.CreateAsync();
        var schedule = await host.ScheduleAsync(await host.InstallAsync());
        await host.ClaimAsOtherNodeAsync(Nine, TimeSpan.FromMinutes(5));

        host.Time.SetUtcNow(Nine.AddMinutes(4));
        await host.StartEngineAsync();

        Assert.Empty(host.Sandbox.Invocations);
        Assert.Equal(RunState.Running, Assert.Single(await host.LedgerAsync(schedule)).State);
    }

    [Fact]
    public async Task LostNode_ThreeTimes_IsAbandoned()
    {
        await using var host = await TestHost.CreateAsync();
        var schedule = await host.ScheduleAsync(await host.InstallAsync());
        var at = Nine;
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await host.ClaimAsOtherNodeAsync(at);
            at = at.AddMinutes(1);
            await host.Store.Claims.RecoverAsync(new RecoveryRequest { Now = at, MaxLostAttempts = 3 });
        }

        host.Time.SetUtcNow(at);
        await host.StartEngineAsync();

        var run = Assert.Single(await host.LedgerAsync(schedule));
        Assert.Equal((RunState.Abandoned, RunReason.NodeLost), (run.State, run.Reason));
        Assert.Empty(host.Sandbox.Invocations);
        var after = await host.ReadAsync(schedule);
        Assert.Equal((null, LastRunStatus.Error), (after.ActiveRun, after.LastRunStatus));
    }

    [Fact]
    public async Task Lease_HeldByALongRun_IsExtended()
    {
        await using var host = await TestHost.CreateAsync();
        var schedule = await host.ScheduleAsync(await host.InstallAsync());
        var answer = new TaskCompletionSource<InvocationResult>();
        host.Sandbox.Behaviour = (_, _) => answer.Task;
        await host.StartEngineAsync();
        await host.AdvanceToAsync(Nine);

        for (var i = 1; i <= 30; i++)
        {
            await host.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        answer.SetResult(FakeSandbox.Answer(200));
        await host.Signals.RecordedAsync(1);
        Assert.Equal((RunState.Succeeded, 1), (await host.LedgerAsync(schedule)).Select(r => (r.State, r.Attempt)).Single());
        Assert.Single(host.Sandbox.Invocations);
    }

    [Fact]
    public async Task Lease_TakenByAnother_EndsTheGuestAndLeavesTheOutcomeToTheOther()
    {
        await using var host = await TestHost.CreateAsync();
        var schedule = await host.ScheduleAsync(await host.InstallAsync());
        var ended = new TaskCompletionSource();
        host.Sandbox.Behaviour = async (_, cancel) =>
        {
            await Task.Delay(Timeout.Infinite, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ended.SetResult();
            return new InvocationResult.Cancelled();
        };
        await host.StartEngineAsync();
        await host.AdvanceToAsync(Nine);
        await host.Signals.UntilAsync(() => host.Sandbox.Invocations.Count == 1, "an invocation");

        // As a node would that saw this one's lease run out: recovers, claims, completes.
        await host.Store.Claims.RecoverAsync(new RecoveryRequest { Now = Nine.AddHours(1), MaxLostAttempts = 3 });
        var other = await host.ClaimAsOtherNodeAsync(Nine.AddHours(1), TimeSpan.FromHours(1));
        await host.AdvanceAsync(TimeSpan.FromSeconds(3));
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));

        var run = Assert.Single(await host.LedgerAsync(schedule));
        Assert.Equal((RunState.Running, 2, "lost-node"), (run.State, run.Attempt, run.Node));
        Assert.Equal(other.Lease.Id, run.Id);
        Assert.Empty(host.Signals.Outcomes);
    }
}
