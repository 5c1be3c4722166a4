using Escapement.Runs;
using Escapement.Sandbox;

namespace Escapement.Firing;

/// <summary>Leases while the store stalls or is away, while this process is stopped, and while the clock jumps.</summary>
public sealed class LeaseTests
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly FiringOptions Options = new() { Node = "node-a" };

    private readonly TaskCompletionSource<InvocationResult> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DateTimeOffset> guestEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource storeIsBack = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HookedClaims claims = null!;
    private HookedInstalls installs = null!;

    [Fact]
    public async Task Extend_StallsPastTheLease_DoesNotTakeBackItsOwnRuns()
    {
        await using var host = await CreateAsync();
        var schedule = await RunningAsync(host);
        var recovered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stalled = false;
        claims.After = operation =>
        {
            if (operation == nameof(IClaimStore.ExtendLeasesAsync) && !stalled)
            {
                stalled = true;
                host.Time.Advance(Options.LeaseDuration + TimeSpan.FromSeconds(1));
            }
            else if (operation == nameof(IClaimStore.RecoverAsync) && stalled)
            {
                recovered.TrySetResult();
            }

            return Task.CompletedTask;
        };

        await host.StepUntilAsync(() => recovered.Task.IsCompleted, TimeSpan.FromMilliseconds(250), "the look for lost runs after the stall");
        answer.SetResult(FakeSandbox.Answer(200));
        await host.Signals.RecordedAsync(1);

        Assert.Equal((RunState.Succeeded, 1), (await host.LedgerAsync(schedule)).Select(r => (r.State, r.Attempt)).Single());
        Assert.Single(host.Sandbox.Invocations);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Store_NoAnswerForLongerThanALease_EndsTheGuestNoSoonerAndTriesAgain(bool hangs)
    {
        await using var host = await CreateAsync();
        var schedule = await RunningAsync(host);
        var away = true;
        claims.Before = operation => !away ? Task.CompletedTask
            : hangs ? storeIsBack.Task
            : throw new StoreUnavailableException("The test's store is away");

        await host.StepUntilAsync(() => guestEnded.Task.IsCompleted, TimeSpan.FromSeconds(1), "the end of the guest");
        away = false;
        storeIsBack.SetResult();
        await host.StepUntilAsync(() => host.Signals.Outcomes.Count == 1, TimeSpan.FromSeconds(1), "the second attempt");

        Assert.True(await guestEnded.Task >= Nine + Options.LeaseDuration);
        var run = Assert.Single(await host.LedgerAsync(schedule));
        Assert.Equal((RunState.Succeeded, 2, RunReason.StoreLost), (run.State, run.Attempt, run.EarlierAttempts.Single().Reason));
    }

    [Fact]
    public async Task Store_AwayForLongerThanALeaseWhileAnOutcomeWaits_LosesNoOutcome()
    {
        await using var host = await CreateAsync();
        var schedule = await RunningAsync(host);
        var away = true;
        claims.Before = _ => away ? throw new StoreUnavailableException("The test's store is away") : Task.CompletedTask;
        answer.SetResult(FakeSandbox.Answer(200));
        var back = host.Time.GetUtcNow() + (3 * Options.LeaseDuration);
        await host.StepUntilAsync(() => host.Time.GetUtcNow() >= back, TimeSpan.FromSeconds(1), "the end of the outage");

        away = false;
        await host.StepUntilAsync(() => host.Signals.Outcomes.Count == 1, TimeSpan.FromSeconds(1), "the outcome");

        Assert.Equal((RunState.Succeeded, 1), (await host.LedgerAsync(schedule)).Select(r => (r.State, r.Attempt)).Single());
        Assert.Single(host.Sandbox.Invocations);
    }

    [Fact]
    public async Task Clock_SetBack_ShortensLeasesThatReachTooFar()
    {
        await using var host = await CreateAsync();
        await RunningAsync(host);

        host.Time.AdjustTime(Nine.AddHours(-1));
        await host.StepUntilAsync(() => claims.ExtendedUntil.Any(until => until < Nine), TimeSpan.FromSeconds(1), "a lease by the new time");

        answer.SetResult(FakeSandbox.Answer(200));
        await host.Signals.RecordedAsync(1);
    }

    [Fact]
    public async Task Process_StoppedBetweenClaimAndInvoke_DoesNotStartWhatAnotherNodeHas()
    {
        await using var host = await CreateAsync();
        var schedule = await host.ScheduleAsync(await host.InstallAsync());
        await host.StartEngineAsync();
        var stopped = false;
        claims.After = async operation =>
        {
            if (operation == nameof(IClaimStore.ClaimAsync) && !stopped && host.Time.GetUtcNow() >= Nine)
            {
                stopped = true;
                await TakeOverAsync(host);
            }
        };

        await AssertNotStartedAsync(host, schedule);
    }

    [Fact]
    public async Task Process_StoppedDuringPrepare_DoesNotStartWhatAnotherNodeHas()
    {
        await using var host = await CreateAsync();
        var schedule = await host.ScheduleAsync(await host.InstallAsync());
        await host.StartEngineAsync();
        installs.Before = _ => TakeOverAsync(host);

        await AssertNotStartedAsync(host, schedule);
    }

    [Fact]
    public async Task Process_StoppedWhileTheRunWaitsForTheSandbox_DoesNotStartWhatAnotherNodeHas()
    {
        await using var host = await CreateAsync();
        var schedule = await host.ScheduleAsync(await host.InstallAsync());
        await host.StartEngineAsync();
        host.Sandbox.BeforeStart = () => TakeOverAsync(host);

        await AssertNotStartedAsync(host, schedule);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Process_StoppedForLongButNobodyTookTheRun_StartsItUnderANewLease(bool inTheSandbox)
    {
        await using var host = await CreateAsync();
        var schedule = await host.ScheduleAsync(await host.InstallAsync());
        await host.StartEngineAsync();
        var stopped = 0;
        Task Stop()
        {
            if (Interlocked.Exchange(ref stopped, 1) == 0)
            {
                host.Time.SetUtcNow(Nine.AddMinutes(1));
            }

            return Task.CompletedTask;
        }

        if (inTheSandbox)
        {
            host.Sandbox.BeforeStart = Stop;
        }
        else
        {
            installs.Before = _ => Stop();
        }

        DateTimeOffset? leaseAtStart = null;
        host.Sandbox.Behaviour = (_, _) =>
        {
            leaseAtStart = claims.ExtendedUntil.Max();
            return Task.FromResult(FakeSandbox.Answer(200));
        };
        host.Time.SetUtcNow(Nine);
        await host.Signals.RecordedAsync(1);

        Assert.Equal((RunState.Succeeded, 1), (await host.LedgerAsync(schedule)).Select(r => (r.State, r.Attempt)).Single());
        Assert.True(leaseAtStart > Nine.AddMinutes(1));
    }

    private async Task<TestHost> CreateAsync() => await TestHost.CreateAsync(
        Options, inner => claims = new HookedClaims(inner), wrapInstalls: inner => installs = new HookedInstalls(inner));

    /// <summary>The first invocation waits for <see cref="answer"/> and says when it was ended; later ones answer 200.</summary>
    private async Task<Scheduling.Schedule> RunningAsync(TestHost host)
    {
        var schedule = await host.ScheduleAsync(await host.InstallAsync());
        host.Sandbox.Behaviour = async (_, cancel) =>
        {
            if (host.Sandbox.Invocations.Count > 1)
            {
                return FakeSandbox.Answer(200);
            }

            await using var ending = cancel.Register(() =>
            {
                guestEnded.TrySetResult(host.Time.GetUtcNow());
                answer.TrySetResult(new InvocationResult.Cancelled());
            });
            return await answer.Task;
        };
        await host.StartEngineAsync();
        await host.AdvanceToAsync(Nine);
        await host.Signals.UntilAsync(() => host.Sandbox.Invocations.Count == 1, "an invocation");
        return schedule;
    }

    /// <summary>What other nodes do while this process is stopped for a minute.</summary>
    private static async Task TakeOverAsync(TestHost host)
    {
        await host.ClaimAsOtherNodeAsync(Nine.AddMinutes(1), TimeSpan.FromHours(1));
        host.Time.SetUtcNow(Nine.AddMinutes(1));
    }

    private static async Task AssertNotStartedAsync(TestHost host, Scheduling.Schedule schedule)
    {
        host.Time.SetUtcNow(Nine);
        await host.Signals.SleepingPastAsync(Nine.AddMinutes(1));
        await host.StopEngineAsync();

        Assert.Empty(host.Sandbox.Invocations);
        Assert.Equal((RunState.Running, 2, "lost-node"), (await host.LedgerAsync(schedule)).Select(r => (r.State, r.Attempt, r.Node)).Single());
        Assert.Equal(0, host.Engine.Running);
    }
}
