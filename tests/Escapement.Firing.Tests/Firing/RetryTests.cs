using CsCheck;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Scheduling;

namespace Escapement.Firing;

public class RetryTests
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly RetryPolicy ThreeTimes = new(3, TimeSpan.FromSeconds(30), 2, TimeSpan.FromHours(1));

    [Fact]
    public async Task Failure_WithPolicy_IsTriedAgainUntilItsAttemptsAreUsed()
    {
        await using var host = await TestHost.CreateAsync();
        var schedule = await host.ScheduleAsync(await host.InstallAsync(), retry: ThreeTimes);
        host.Sandbox.Behaviour = (_, _) => Task.FromResult(FakeSandbox.Answer(500));
        await host.StartEngineAsync();

        await host.AdvanceToAsync(Nine);
        await host.Signals.RecordedAsync(1);
        await host.AdvanceAsync(TimeSpan.FromSeconds(31));
        await host.Signals.RecordedAsync(2);
        await host.AdvanceAsync(TimeSpan.FromSeconds(61));
        await host.Signals.RecordedAsync(3);
        await host.AdvanceAsync(TimeSpan.FromHours(2));

        var run = Assert.Single(await host.LedgerAsync(schedule));
        Assert.Equal((RunState.Failed, RunReason.ErrorStatus, 3), (run.State, run.Reason, run.Attempt));
        Assert.Equal([1, 2], run.EarlierAttempts.Select(a => a.Attempt));
        Assert.All(run.EarlierAttempts, a => Assert.Equal(RunReason.ErrorStatus, a.Reason));
        var headers = host.Sandbox.Invocations.Select(i => i.Request.Headers.ToDictionary()).ToList();
        Assert.Equal(["1", "2", "3"], headers.Select(h => h["x-scheduler-attempt"]));
        Assert.Single(headers.Select(h => h["x-idempotency-key"]).Distinct());
        Assert.Single(headers.Select(h => h["x-scheduler-due-at"]).Distinct());
        Assert.Equal(3, headers.Select(h => h["x-request-id"]).Distinct().Count());
    }

    [Theory]
    [InlineData(RunReason.Compiling)]
    [InlineData(RunReason.SandboxUnavailable)]
    public async Task NotReady_Waits_WithoutAnAttemptUntilItIs(RunReason reason)
    {
        await using var host = await TestHost.CreateAsync();
        var schedule = await host.ScheduleAsync(await host.InstallAsync());
        host.Sandbox.Behaviour = (_, _) => Task.FromResult<InvocationResult>(new InvocationResult.NotReady(reason, "It is not ready"));
        await host.StartEngineAsync();

        await host.AdvanceToAsync(Nine);
        await host.Signals.RecordedAsync(1);
        await host.AdvanceAsync(TimeSpan.FromSeconds(6));
        await host.Signals.RecordedAsync(2);
        var waiting = Assert.Single(await host.LedgerAsync(schedule));
        Assert.Equal((RunState.Queued, "It is not ready", 0), (waiting.State, waiting.Error, waiting.EarlierAttempts.Count));
        Assert.StartsWith("It is not ready; it starts not before", RunExplanation.For(waiting), StringComparison.Ordinal);

        host.Sandbox.Behaviour = (_, _) => Task.FromResult(FakeSandbox.Answer(200));
        await host.AdvanceAsync(TimeSpan.FromSeconds(6));
        await host.Signals.RecordedAsync(3);

        var run = Assert.Single(await host.LedgerAsync(schedule));
        Assert.Equal((RunState.Succeeded, 1, null), (run.State, run.Attempt, run.Error));
        Assert.Equal(["1", "1", "1"], host.Sandbox.Invocations.Select(i => i.Request.Headers.ToDictionary()["x-scheduler-attempt"]));
    }

    [Fact]
    public async Task Failure_BeforeItsDelay_IsNotTriedAgain()
    {
        await using var host = await TestHost.CreateAsync();
        await host.ScheduleAsync(await host.InstallAsync(), retry: ThreeTimes);
        host.Sandbox.Behaviour = (_, _) => Task.FromResult(FakeSandbox.Answer(500));
        await host.StartEngineAsync();

        await host.AdvanceToAsync(Nine);
        await host.Signals.RecordedAsync(1);
        await host.AdvanceAsync(TimeSpan.FromSeconds(14));

        Assert.Single(host.Sandbox.Invocations);
    }

    [Fact]
    public async Task Failure_WithoutPolicy_IsNotTriedAgain()
    {
        await using var host = await TestHost.CreateAsync();
        var schedule = await host.ScheduleAsync(await host.InstallAsync());
        host.Sandbox.Behaviour = (_, _) => Task.FromResult(FakeSandbox.Answer(500));
        await host.StartEngineAsync();

        await host.AdvanceToAsync(Nine);
        await host.Signals.RecordedAsync(1);
        await host.AdvanceAsync(TimeSpan.FromHours(2));

        Assert.Single(host.Sandbox.Invocations);
        Assert.Equal(RunState.Failed, Assert.Single(await host.LedgerAsync(schedule)).State);
    }

    [Fact]
    public async Task Success_OnTheSecondAttempt_ClearsTheError()
    {
        await using var host = await TestHost.CreateAsync();
        var schedule = await host.ScheduleAsync(await host.InstallAsync(), retry: ThreeTimes);
        host.Sandbox.Behaviour = (_, _) => Task.FromResult(FakeSandbox.Answer(host.Sandbox.Invocations.Count == 1 ? 500 : 200));
        await host.StartEngineAsync();

        await host.AdvanceToAsync(Nine);
        await host.Signals.RecordedAsync(1);
        await host.AdvanceAsync(TimeSpan.FromSeconds(31));
        await host.Signals.RecordedAsync(2);

        var after = await host.ReadAsync(schedule);
        Assert.Equal((LastRunStatus.Success, null, null), (after.LastRunStatus, after.LastError, after.ActiveRun));
        Assert.Equal((RunState.Succeeded, 2), (await host.LedgerAsync(schedule)).Select(r => (r.State, r.Attempt)).Single());
    }

    [Fact]
    public async Task Retry_ScheduleDisabledMeanwhile_IsAbandoned()
    {
        await using var host = await TestHost.CreateAsync();
        var extension = await host.InstallAsync();
        var schedule = await host.ScheduleAsync(extension, retry: ThreeTimes);
        host.Sandbox.Behaviour = (_, _) => Task.FromResult(FakeSandbox.Answer(500));
        await host.StartEngineAsync();
        await host.AdvanceToAsync(Nine);
        await host.Signals.RecordedAsync(1);

        await host.Schedules.UpdateAsync(
            extension.Install.Scope, extension.Version.Endpoints, schedule.Id.ToString(), new ScheduleInput(Enabled: false), TestHost.Admin);
        await host.AdvanceAsync(TimeSpan.FromSeconds(31));
        await host.Signals.RecordedAsync(2);

        Assert.Single(host.Sandbox.Invocations);
        Assert.Equal((RunState.Abandoned, RunReason.ScheduleDisabled), (await host.LedgerAsync(schedule)).Select(r => (r.State, r.Reason)).Single());
        Assert.Null((await host.ReadAsync(schedule)).ActiveRun);
    }

    [Fact]
    public void DelayAfter_AnyAttemptAndChance_StaysBetweenHalfAndAllOfTheNominalWait() =>
        Gen.Select(Gen.Int[1, 40], Gen.Double[0, 1], Gen.Int[1, 3_600], Gen.Double[1, 10]).Sample((attempt, chance, first, factor) =>
        {
            var policy = new RetryPolicy(20, TimeSpan.FromSeconds(first), factor, TimeSpan.FromSeconds(first * 5));
            var nominal = Math.Min(first * Math.Pow(factor, attempt - 1), first * 5);
            var delay = policy.DelayAfter(attempt, chance).TotalSeconds;
            Assert.InRange(delay, (nominal * 0.5) - 0.001, nominal + 0.001);
        });

    [Theory]
    [InlineData(0, 30, 2, 3600, "retry.maxAttempts")]
    [InlineData(21, 30, 2, 3600, "retry.maxAttempts")]
    [InlineData(3, 0.5, 2, 3600, "retry.initialDelaySeconds")]
    [InlineData(3, 86_401, 2, 86_401, "retry.initialDelaySeconds")]
    [InlineData(3, 30, 0.9, 3600, "retry.factor")]
    [InlineData(3, 30, 10.1, 3600, "retry.factor")]
    [InlineData(3, 30, 2, 29, "retry.maxDelaySeconds")]
    [InlineData(3, 30, 2, 86_401, "retry.maxDelaySeconds")]
    public void Validate_OneStepOutside_NamesTheField(int attempts, double first, double factor, double longest, string field)
    {
        var policy = new RetryPolicy(attempts, TimeSpan.FromSeconds(first), factor, TimeSpan.FromSeconds(longest));
        Assert.Contains(policy.Validate("retry"), p => p.Path == field);
    }

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(20, 86_400, 10, 86_400)]
    public void Validate_AtItsLimits_IsFine(int attempts, double first, double factor, double longest) =>
        Assert.Empty(new RetryPolicy(attempts, TimeSpan.FromSeconds(first), factor, TimeSpan.FromSeconds(longest)).Validate("retry"));
}
