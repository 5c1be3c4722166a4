using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Escapement.Runs;

namespace Escapement.Firing;

public class StoreFailureTests
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(nameof(IClaimStore.ClaimAsync))]
    [InlineData(nameof(IClaimStore.PeekAsync))]
    [InlineData(nameof(IClaimStore.RecordAsync))]
    [InlineData(nameof(IClaimStore.RecoverAsync))]
    [InlineData(nameof(IClaimStore.ExtendLeasesAsync))]
    public async Task Store_AwayForAWhile_LosesNoOccurrence(string operation)
    {
        FlakyClaims? flaky = null;
        await using var host = await TestHost.CreateAsync(wrapClaims: inner => flaky = new FlakyClaims(inner));
        var schedule = await host.ScheduleAsync(await host.InstallAsync(), "*/5 * * * *");
        await host.StartEngineAsync();

        flaky!.FailNext(operation, 3);
        host.Time.SetUtcNow(Nine);
        for (var i = 0; i < 200 && host.Signals.Outcomes.Count == 0; i++)
        {
            // Back-off waits by the fake clock: every quarter of a second of it lets the real threads take a step.
            host.Time.Advance(TimeSpan.FromMilliseconds(250));
            await flaky.StepAsync();
        }

        Assert.Equal((RunState.Succeeded, 1, Nine), (await host.LedgerAsync(schedule)).Select(r => (r.State, r.Attempt, r.DueAt)).Single());
    }

    [Theory]
    [InlineData(nameof(IClaimStore.ClaimAsync))]
    [InlineData(nameof(IClaimStore.RecoverAsync))]
    [InlineData(nameof(IClaimStore.RecordAsync))]
    public async Task Store_FailsInAWayNobodyForesaw_EndsTheEngineLoudly(string operation)
    {
        FlakyClaims? flaky = null;
        await using var host = await TestHost.CreateAsync(
            new FiringOptions { Node = "node-a", ShutdownTimeout = TimeSpan.Zero }, inner => flaky = new FlakyClaims(inner));
        await host.ScheduleAsync(await host.InstallAsync());
        await host.StartEngineAsync();

        flaky!.FailNext(operation, int.MaxValue, new InvalidOperationException("a bug in the store"));
        host.Time.SetUtcNow(Nine);
        for (var i = 0; i < 200 && !host.EngineTask.IsCompleted; i++)
        {
            host.Time.Advance(TimeSpan.FromSeconds(1));
            await flaky.StepAsync();
        }

        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => host.EngineTask.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal("a bug in the store", e.Message);
    }

    /// <summary>Fails some calls as a store does that is away, before they reach it.</summary>
    private sealed class FlakyClaims(IClaimStore inner) : IClaimStore
    {
        private readonly SemaphoreSlim called = new(0);
        private string? operation;
        private int failures;
        private Exception failure = new StoreUnavailableException("The test's store is away");

        public void FailNext(string name, int times, Exception? with = null) => (operation, failures, failure) = (name, times, with ?? failure);

        /// <summary>Returns after the next call, or a moment later when there is none.</summary>
        public Task StepAsync() => called.WaitAsync(TimeSpan.FromMilliseconds(50));

        public ValueTask<DateTimeOffset?> PeekAsync(DateTimeOffset after, CancellationToken cancellationToken = default) =>
            Guard(nameof(PeekAsync), () => inner.PeekAsync(after, cancellationToken));

        public ValueTask<ClaimedBatch> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken = default) =>
            Guard(nameof(ClaimAsync), () => inner.ClaimAsync(request, cancellationToken));

        public ValueTask<IReadOnlyList<RunId>> ExtendLeasesAsync(
            IReadOnlyList<LeasedRun> runs, DateTimeOffset until, DateTimeOffset? latest, CancellationToken cancellationToken = default) =>
            Guard(nameof(ExtendLeasesAsync), () => inner.ExtendLeasesAsync(runs, until, latest, cancellationToken));

        public ValueTask<RecoveredRuns> RecoverAsync(RecoveryRequest request, CancellationToken cancellationToken = default) =>
            Guard(nameof(RecoverAsync), () => inner.RecoverAsync(request, cancellationToken));

        public ValueTask<IReadOnlyList<RunId>> RecordAsync(IReadOnlyList<AttemptOutcome> outcomes, CancellationToken cancellationToken = default) =>
            Guard(nameof(RecordAsync), () => inner.RecordAsync(outcomes, cancellationToken));

        private ValueTask<T> Guard<T>(string name, Func<ValueTask<T>> call)
        {
            called.Release();
            return name == operation && Interlocked.Decrement(ref failures) >= 0
                ? throw failure
                : call();
        }
    }
}
