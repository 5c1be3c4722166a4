using Escapement.Runs;
using Escapement.Sandbox;

namespace Escapement.Firing;

public class LimitTests
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task SlowInstall_AtItsLimit_LeavesSlotsToOthers()
    {
        await using var host = await TestHost.CreateAsync(new FiringOptions { Node = "node-a", Slots = 4, MaxRunningPerInstall = 2 });
        var slow = await host.InstallAsync("slow");
        var quick = (await host.Installs.InstallAsync(TenantId.Parse("quick"), "com.acme.sync", null, ["cap:scheduler.manage"], TestHost.Admin)).Value;
        for (var i = 0; i < 5; i++)
        {
            await host.ScheduleAsync(slow, name: $"slow {i}");
        }

        var waits = await host.ScheduleAsync(quick);
        var answer = new TaskCompletionSource<InvocationResult>();
        host.Sandbox.Behaviour = (i, _) => i.Extension.Install.Scope.Tenant.Value == "slow" ? answer.Task : Task.FromResult(FakeSandbox.Answer(200));
        await host.StartEngineAsync();

        await host.AdvanceToAsync(Nine);
        await host.Signals.RecordedAsync(1);

        Assert.Equal(RunState.Succeeded, Assert.Single(await host.LedgerAsync(waits)).State);
        Assert.Equal(2, host.Sandbox.Invocations.Count(i => i.Extension.Install.Scope.Tenant.Value == "slow"));

        answer.SetResult(FakeSandbox.Answer(200));
        await host.Signals.RecordedAsync(6);
        Assert.All(host.Signals.Outcomes, o => Assert.Equal(RunState.Succeeded, o.State));
    }

    [Fact]
    public async Task Slots_AllTaken_ClaimsNoMore()
    {
        await using var host = await TestHost.CreateAsync(new FiringOptions { Node = "node-a", Slots = 2, MaxRunningPerInstall = 4 });
        var extension = await host.InstallAsync();
        for (var i = 0; i < 3; i++)
        {
            await host.ScheduleAsync(extension, name: $"s{i}");
        }

        var answers = new TaskCompletionSource<InvocationResult>[] { new(), new(), new() };
        var next = -1;
        host.Sandbox.Behaviour = (_, _) => answers[Interlocked.Increment(ref next)].Task;
        await host.StartEngineAsync();

        host.Time.SetUtcNow(Nine);
        await host.Signals.UntilAsync(() => host.Sandbox.Invocations.Count == 2, "two invocations");
        var open = (await host.Store.Runs.ListAsync(new RunQuery(TenantId.Parse("acme"), null, null, null, 10) { States = [RunState.Running] })).Runs;
        Assert.Equal(2, open.Count);

        answers[0].SetResult(FakeSandbox.Answer(200));
        await host.Signals.UntilAsync(() => host.Sandbox.Invocations.Count == 3, "the third invocation");
        answers[1].SetResult(FakeSandbox.Answer(200));
        answers[2].SetResult(FakeSandbox.Answer(200));
        await host.Signals.RecordedAsync(3);
    }
}
