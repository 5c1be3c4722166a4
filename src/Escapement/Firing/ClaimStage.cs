using Escapement.Firing.Claiming;

namespace Escapement.Firing;

/// <summary>
/// Stage 2: takes what is due from the store, no more than there are free slots for. The next occurrence is computed and
/// written, and the run opened under a lease, in the same transaction.
/// </summary>
internal sealed class ClaimStage(IClaimStore store, FiringOptions options, TimeProvider time)
{
    // Occurrences that are only recorded cost a few microseconds each; this many keep one transaction under some 50 ms.
    private const int MaxChanged = 2_000;

    private readonly OccurrencePlanner planner = new(options.CatchUpWindow);

    public async ValueTask<(ClaimedBatch Batch, DateTimeOffset LeaseUntil, DateTimeOffset Now)> RunAsync(int freeSlots, CancellationToken cancellationToken)
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
        return (batch, until, now);
    }
}
