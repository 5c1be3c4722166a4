using Microsoft.Extensions.Logging;

namespace Escapement.Firing;

/// <summary>
/// Keeps this node's leases alive, all in one statement, and takes over the runs of nodes that fell silent.
/// </summary>
internal sealed partial class LeaseKeeper(IClaimStore store, HeldRuns held, FiringOptions options, WakeSignal wake, TimeProvider time, ILogger<LeaseKeeper> logger)
{
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // Extending comes first: after a stall of this process, or a jump of the clock, its own runs must not look lost to it.
                await ExtendAsync();
                await RecoverAsync();
            }
            catch (StoreUnavailableException e)
            {
                StoreIsUnavailable(e);
            }

            EndExpired();
            await Task.Delay(options.LeaseDuration / 4, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ExtendAsync()
    {
        var now = time.GetUtcNow();
        var expiring = held.ExpiringBefore(now + (options.LeaseDuration * 0.8));
        if (expiring.Count == 0)
        {
            return;
        }

        var until = now + options.LeaseDuration;
        var lost = (await store.ExtendLeasesAsync(expiring.ConvertAll(r => r.Claimed.Lease), until)).ToHashSet();
        foreach (var run in expiring)
        {
            if (lost.Contains(run.Claimed.Lease.Id))
            {
                // Runs recorded between the two lines above are gone from the store's running rows as well; those have nothing to end.
                if (held.Find(run.Claimed.Lease.Id) == run)
                {
                    run.End(RunEnd.LeaseLost);
                }
            }
            else
            {
                run.LeaseUntil = until;
            }
        }
    }

    private async Task RecoverAsync()
    {
        var recovered = await store.RecoverAsync(time.GetUtcNow(), options.MaxAttemptsAfterNodeLoss);
        if (recovered.Queued + recovered.Abandoned > 0)
        {
            Recovered(recovered.Queued, recovered.Abandoned);
            wake.Raise(DateTimeOffset.MinValue);
        }
    }

    // The store could not be asked for longer than a lease lasts: another node may have the run by now, so this one ends it.
    private void EndExpired()
    {
        foreach (var run in held.ExpiringBefore(time.GetUtcNow()))
        {
            LostLease(run.Claimed.Lease.Id);
            run.End(RunEnd.LeaseLost);
        }
    }

    [LoggerMessage(LogEvents.StoreUnavailable, LogLevel.Error, "The store is unavailable: leases cannot be extended now")]
    private partial void StoreIsUnavailable(Exception e);

    [LoggerMessage(LogEvents.RunsRecovered, LogLevel.Warning, "Took over runs of a lost node: {Queued} queued again, {Abandoned} abandoned")]
    private partial void Recovered(int queued, int abandoned);

    [LoggerMessage(LogEvents.LeaseLost, LogLevel.Warning, "The lease of run {Run} was lost; its guest is ended and its outcome left to the node that has it")]
    private partial void LostLease(RunId run);
}
