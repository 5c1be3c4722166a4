using Escapement.Firing.Claiming;

namespace Escapement.Firing.Stages;

/// <summary>
/// Stage 2: takes what is due from the store, no more than there are free slots for. The next occurrence is computed and
/// written, and the run opened under a lease, in the same transaction.
/// </summary>
internal sealed class ClaimStage(IClaimStore store, StoreRetry retry, FiringOptions options, TimeProvider time)
{
    // Occurrences that are only recorded cost a few microseconds each; this many keep one transaction under some 50 ms.
    private const int MaxChanged = 2_000;

    private readonly OccurrencePlanner planner = new(options.CatchUpWindow);

    /// <summary>One claim. It waits for a store that is away.</summary>
    public ValueTask<Claimed> RunAsync(int freeSlots, CancellationToken cancellationToken) =>
        retry.RunAsync("claim", () => ClaimAsync(freeSlots, cancellationToken), cancellationToken);

    private async ValueTask<Claimed> ClaimAsync(int freeSlots, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var until = now + options.LeaseDuration;
        var batch = await store.ClaimAsync(
            new ClaimRequest
            {
                Now = now,
                MaxRuns = Math.Min(freeSlots, options.ClaimBatch),
                MaxChanged = MaxChanged,
                Node = options.Node,
                LeaseToken = Ids.Next(time),
                LeaseUntil = until,
                MaxRunningPerInstall = options.MaxRunningPerInstall,
                MaxRunningPerTenant = options.MaxRunningPerTenant,
                Plan = due => planner.Plan(due, now),
            },
            cancellationToken);
        return new Claimed(batch, now, until);
    }
}

/// <summary>What a claim came to.</summary>
/// <param name="Batch">What the store gave.</param>
/// <param name="Now">Up to when things were due.</param>
/// <param name="LeaseUntil">Until when the leases hold.</param>
internal sealed record Claimed(ClaimedBatch Batch, DateTimeOffset Now, DateTimeOffset LeaseUntil);
