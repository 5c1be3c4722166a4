using System.Diagnostics;
using Escapement.Firing.Claiming;
using Escapement.Telemetry;

namespace Escapement.Firing.Stages;

/// <summary>
/// Stage 2: takes what is due from the store, no more than there are free slots for. The next occurrence is computed and
/// written, and the run opened under a lease, in the same transaction.
/// </summary>
internal sealed class ClaimStage(IClaimStore store, StoreRetry retry, FiringOptions options, EscapementTelemetry telemetry, TimeProvider time)
{
    // Occurrences that are only recorded cost a few microseconds each; this many keep one transaction under some 50 ms.
    private const int MaxChanged = 2_000;

    private readonly OccurrencePlanner planner = new(options.CatchUpWindow);

    /// <summary>One claim. It waits for a store that is away.</summary>
    /// <param name="freeSlots">Open at most this many runs.</param>
    /// <param name="roomOf">How many more runs of a tenant this node may have.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<Claimed> RunAsync(int freeSlots, Func<TenantId, int> roomOf, CancellationToken cancellationToken)
    {
        using var span = telemetry.StartBatch("escapement.claim");
        var claimed = await retry.RunAsync("claim", () => ClaimAsync(freeSlots, roomOf, cancellationToken), cancellationToken);
        span.Claimed(claimed.Batch);
        return claimed with { Span = span };
    }

    private async ValueTask<Claimed> ClaimAsync(int freeSlots, Func<TenantId, int> roomOf, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
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
                RoomHere = roomOf,
                Plan = due => planner.Plan(due, now),
            },
            cancellationToken);
        telemetry.Firing.Claimed(time.GetElapsedTime(started), batch.Runs.Count, batch.Missed, batch.Skipped, batch.Unplannable);
        return new Claimed(batch, now, until);
    }
}

/// <summary>What a claim came to.</summary>
/// <param name="Batch">What the store gave.</param>
/// <param name="Now">Up to when things were due.</param>
/// <param name="LeaseUntil">Until when the leases hold.</param>
/// <param name="Span">The claim's span; null while nobody listens.</param>
internal sealed record Claimed(ClaimedBatch Batch, DateTimeOffset Now, DateTimeOffset LeaseUntil, Activity? Span = null);
