using Escapement.Runs;
using Escapement.Sandbox;

namespace Escapement.Firing;

public class RunNowTests
{
    [Fact]
    public async Task RunNow_EnabledSchedule_RunsAtOnceAndLeavesItsRhythm()
    {
        await using var host = await TestHost.CreateAsync();
        var schedule = await host.ScheduleAsync(await host.InstallAsync());
        await host.StartEngineAsync();

        var queued = Assert.IsType<RunNowOutcome.Queued>(await host.Runs.RunNowAsync(schedule.Scope, schedule.Id.ToString(), TestHost.Admin));
        await host.Signals.RecordedAsync(1);

        var run = Assert.Single(await host.LedgerAsync(schedule));
        Assert.Equal((queued.Run.Id, RunTrigger.RunNow, RunState.Succeeded, "test"), (run.Id, run.Trigger, run.State, run.RequestedBy));
        Assert.Contains(host.Sandbox.Invocations.Single().Request.Headers, h => h is { Key: "x-scheduler-trigger", Value: "run-now" });
        Assert.Equal(schedule.NextDueAt, (await host.ReadAsync(schedule)).NextDueAt);
    }

    [Fact]
    public async Task RunNow_DisabledSchedule_Runs()
    {
        await using var host = await TestHost.CreateAsync();
        var schedule = await host.ScheduleAsync(await host.InstallAsync(), enabled: false);
        await host.StartEngineAsync();

        await host.Runs.RunNowAsync(schedule.Scope, schedule.Id.ToString(), TestHost.Admin);
        await host.Signals.RecordedAsync(1);

        Assert.Equal(RunState.Succeeded, Assert.Single(await host.LedgerAsync(schedule)).State);
    }

    [Fact]
    public async Task RunNow_WhileARunIsOpen_IsRefusedWithItsId()
    {
        await using var host = await TestHost.CreateAsync();
        var schedule = await host.ScheduleAsync(await host.InstallAsync());
        var answer = new TaskCompletionSource<InvocationResult>();
        host.Sandbox.Behaviour = (_, _) => answer.Task;
        await host.StartEngineAsync();

        var first = Assert.IsType<RunNowOutcome.Queued>(await host.Runs.RunNowAsync(schedule.Scope, schedule.Id.ToString(), TestHost.Admin));
        var second = await host.Runs.RunNowAsync(schedule.Scope, schedule.Id.ToString(), TestHost.Admin);
        answer.SetResult(FakeSandbox.Answer(200));

        Assert.Equal(new RunNowOutcome.AlreadyRunning(first.Run.Id), second);
    }

    [Fact]
    public async Task RunNow_InstallDisabled_IsRefused()
    {
        await using var host = await TestHost.CreateAsync();
        var extension = await host.InstallAsync();
        var schedule = await host.ScheduleAsync(extension);
        await host.Installs.SetEnabledAsync(extension.Install.Scope, enabled: false, TestHost.Admin);

        Assert.IsType<RunNowOutcome.InstallDisabled>(await host.Runs.RunNowAsync(schedule.Scope, schedule.Id.ToString(), TestHost.Admin));
        Assert.Empty(await host.LedgerAsync(schedule));
    }

    [Theory]
    [InlineData("not an id")]
    [InlineData("00000000-0000-7000-8000-000000000000")]
    public async Task RunNow_UnknownSchedule_IsNotFound(string id)
    {
        await using var host = await TestHost.CreateAsync();
        var extension = await host.InstallAsync();

        Assert.IsType<RunNowOutcome.NotFound>(await host.Runs.RunNowAsync(extension.Install.Scope, id, TestHost.Admin));
    }

    [Fact]
    public async Task RunNow_AnotherTenantsSchedule_IsNotFound()
    {
        await using var host = await TestHost.CreateAsync();
        var schedule = await host.ScheduleAsync(await host.InstallAsync("acme"));
        var other = (await host.Installs.InstallAsync(TenantId.Parse("globex"), "com.acme.sync", null, null, TestHost.Admin)).Value;

        Assert.IsType<RunNowOutcome.NotFound>(await host.Runs.RunNowAsync(other.Install.Scope, schedule.Id.ToString(), TestHost.Admin));
        Assert.Empty(await host.LedgerAsync(schedule));
    }
}
