using Escapement.Firing.Engine;
using Escapement.Sandbox;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Firing;

public class FiringHealthTests
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly FiringOptions Options = new() { Node = "node-a" };

    private readonly FakeTimeProvider time = new(Nine);

    [Fact]
    public void Check_BeforeTheFirstClaim_SaysSo() =>
        Assert.Equal(new FiringHealth(false, "The engine has not claimed yet"), new ClaimPulse(Options, time).Check());

    [Theory]
    [InlineData(9_999, null)]
    [InlineData(10_000, "The claim loop is stuck or fails: no claim for 10 s")]
    public void Check_OneStepEitherSideOfItsPatience_IsHealthyOrSaysWhy(int milliseconds, string? problem)
    {
        var pulse = new ClaimPulse(Options, time);
        pulse.Beat();
        time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        Assert.Equal(new FiringHealth(problem is null, problem), pulse.Check());
    }

    [Fact]
    public void Check_AfterALongBusyTime_CountsFromTheFreeSlot()
    {
        var pulse = new ClaimPulse(Options, time);
        pulse.Beat();
        pulse.Busy();
        time.Advance(TimeSpan.FromHours(1));
        Assert.True(pulse.Check().IsHealthy);
        pulse.Beat();
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.True(pulse.Check().IsHealthy);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(pulse.Check().IsHealthy);
    }

    [Fact]
    public void Check_Ended_KeepsTheFirstReasonWhateverComesAfter()
    {
        var pulse = new ClaimPulse(Options, time);
        pulse.End("The engine ended: its lease loop failed");
        pulse.End("The engine is stopping");
        pulse.Beat();
        Assert.Equal(new FiringHealth(false, "The engine ended: its lease loop failed"), pulse.Check());
    }

    [Fact]
    public async Task CheckHealth_AllSlotsBusyForAnHour_IsHealthy()
    {
        await using var host = await TestHost.CreateAsync(Options with { Slots = 1 });
        await host.ScheduleAsync(await host.InstallAsync());
        var answer = new TaskCompletionSource<InvocationResult>();
        host.Sandbox.Behaviour = (_, _) => answer.Task;
        await host.StartEngineAsync();
        host.Time.SetUtcNow(Nine);
        await host.Signals.UntilAsync(() => host.Sandbox.Invocations.Count == 1, "an invocation");
        var before = host.Signals.Claims;

        await host.StepUntilAsync(() => host.Time.GetUtcNow() > Nine.AddHours(1), TimeSpan.FromMinutes(10), "an hour");
        await host.StepUntilAsync(() => host.Engine.CheckHealth().IsHealthy, TimeSpan.FromMinutes(10), "health");

        Assert.Equal(before, host.Signals.Claims);
        answer.SetResult(FakeSandbox.Answer(200));
    }

    [Fact]
    public async Task CheckHealth_ClaimsFailAndThenDoNot_FollowsThem()
    {
        HookedClaims? claims = null;
        await using var host = await TestHost.CreateAsync(Options, inner => claims = new HookedClaims(inner));
        await host.StartEngineAsync();
        Assert.True(host.Engine.CheckHealth().IsHealthy);

        var away = new StoreUnavailableException("The test's store is away");
        claims!.Before = operation => operation == nameof(IClaimStore.ClaimAsync) ? throw away : Task.CompletedTask;
        await host.StepUntilAsync(() => !host.Engine.CheckHealth().IsHealthy, TimeSpan.FromSeconds(1), "the engine to be found ill");
        Assert.StartsWith("The claim loop is stuck or fails", host.Engine.CheckHealth().Problem, StringComparison.Ordinal);

        claims.Before = _ => Task.CompletedTask;
        await host.StepUntilAsync(() => host.Engine.CheckHealth().IsHealthy, TimeSpan.FromSeconds(1), "the engine to be well again");
    }

    [Fact]
    public async Task CheckHealth_Stopped_SaysSo()
    {
        await using var host = await TestHost.CreateAsync(Options);
        await host.StartEngineAsync();

        await host.StopEngineAsync();

        Assert.Equal(new FiringHealth(false, "The engine is stopping"), host.Engine.CheckHealth());
    }
}
