using Escapement.Gateway;
using Escapement.Installs;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Sharing;

namespace Escapement.Firing;

/// <summary>Runs and gateway calls on one node's slots, through the real engine and the real gateway.</summary>
public class SharedSlotsTests
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    // With two installs a tenant would have eight runs at once, which were all the slots.
    private static readonly FiringOptions Options = new() { Node = "node-a" };

    private static SlotPlan Plan(int slots) => SlotPlan.Of(slots, Options.ToWish(), new GatewayOptions().ToWish());

    [Fact]
    public async Task Fire_TwoInstallsOfOneTenantThatHang_LeaveSlotsToOthersRunsAndCalls()
    {
        await using var host = await TestHost.CreateAsync(Options, plan: Plan);
        var answer = new TaskCompletionSource<InvocationResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Sandbox.Behaviour = (i, _) => i.Extension.Install.Scope.Tenant.Value == "sat" ? answer.Task : Task.FromResult(FakeSandbox.Answer(200));
        foreach (var extension in new[] { "com.acme.one", "com.acme.two" })
        {
            var saturating = await host.InstallAsync("sat", extension);
            for (var i = 0; i < 12; i++)
            {
                await host.ScheduleAsync(saturating, name: $"s{i}");
            }
        }

        var other = await host.InstallAsync("other");
        var waits = await host.ScheduleAsync(other);
        await host.StartEngineAsync();

        await host.AdvanceToAsync(Nine);
        await host.Signals.RecordedAsync(1);

        Assert.Equal(RunState.Succeeded, Assert.Single(await host.LedgerAsync(waits)).State);
        Assert.Equal(4, host.Sandbox.Invocations.Count(i => i.Extension.Install.Scope.Tenant.Value == "sat"));
        Assert.IsType<GatewayResult.Answered>(await CallAsync(host, "other"));

        // As each ends, the next of the tenant follows without waiting for the node's poll.
        answer.SetResult(FakeSandbox.Answer(200));
        await host.Signals.RecordedAsync(25);
        Assert.All(host.Signals.Outcomes, o => Assert.Equal(RunState.Succeeded, o.State));
    }

    [Fact]
    public async Task Fire_WhileCallsHaveAllTheyMay_GoesOnInTheReservedSlots()
    {
        await using var host = await TestHost.CreateAsync(Options, plan: Plan);
        var answer = new TaskCompletionSource<InvocationResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Sandbox.Behaviour = (i, _) => i.Request.Method == "GET" ? answer.Task : Task.FromResult(FakeSandbox.Answer(200));
        await host.InstallAsync("t");
        var calls = new List<Task<GatewayResult>>();
        for (var t = 0; t < 4; t++)
        {
            await InstallAsync(host, $"t{t}");
            calls.AddRange(Enumerable.Range(0, 4).Select(_ => CallAsync(host, $"t{t}").AsTask()));
        }

        await host.Signals.UntilAsync(() => host.Sandbox.Invocations.Count == 6, "as many calls as may run");
        var schedule = await host.ScheduleAsync(await InstallAsync(host, "t9"));
        await host.StartEngineAsync();
        await host.AdvanceToAsync(Nine);
        await host.Signals.RecordedAsync(1);
        Assert.Equal(RunState.Succeeded, Assert.Single(await host.LedgerAsync(schedule)).State);
        Assert.DoesNotContain(calls, c => c.IsCompleted);

        answer.SetResult(FakeSandbox.Answer(200));
        Assert.All(await Task.WhenAll(calls), r => Assert.IsType<GatewayResult.Answered>(r));
    }

    private static async Task<InstalledExtension> InstallAsync(TestHost host, string tenant) =>
        (await host.Installs.InstallAsync(TenantId.Parse(tenant), "com.acme.sync", null, ["cap:scheduler.manage"], TestHost.Admin)).Value;

    private static ValueTask<GatewayResult> CallAsync(TestHost host, string tenant) => host.Gateway.CallAsync(
        TenantId.Parse(tenant),
        "com.acme.sync",
        new GatewayRequest(Guid.CreateVersion7(), "GET", "/api/status", [], _ => new(default(ReadOnlyMemory<byte>?))),
        TestContext.Current.CancellationToken);
}
