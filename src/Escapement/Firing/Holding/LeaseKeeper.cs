using Escapement.Firing.Ending;
using Escapement.Runs;
using Escapement.Telemetry;
using Escapement.Waking;
using Microsoft.Extensions.Logging;

namespace Escapement.Firing.Holding;

/// <summary>
/// Keeps this node's leases alive, all in one call, and takes over the runs of nodes that fell silent.
/// </summary>
internal sealed partial class LeaseKeeper(
    IClaimStore store,
    HeldRuns held,
    FiringOptions options,
    WakeSignal wake,
    EscapementTelemetry telemetry,
    IReadOnlyList<IFiringObserver> observers,
    TimeProvider time,
    ILogger<LeaseKeeper> logger)
{
    // Why the store was away in the last round: an outage has a line when its cause changes, not one for each round.
    private string? lastProblem;

    // When the store last took part in a round: leases that it could not be asked to extend since are lost with it, not with their node.
    private DateTimeOffset? answeredAt;

    // The last question that somebody waits for the answer of.
    private int question;

    // What must be left of a lease for a run to start under it: time to hand it over, and for the keeper to come round.
    private TimeSpan Margin => options.LeaseDuration / 5;

    public async Task RunAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await RoundAsync(stoppingToken);
            await Task.Delay(options.LeaseDuration / 4, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>
    /// Whether a run's lease holds, by this node's clock and as far as this node knows. A process that was stopped between two
    /// lines of code finds out here.
    /// </summary>
    public bool Holds(HeldRun run) => run.EndedBy == EarlyEnd.None && run.LeaseUntil - Margin > time.GetUtcNow();

    /// <summary>Makes sure of a run's lease before the run starts; asks the store only if too little of it is left. False: the run is not to start.</summary>
    public async ValueTask<bool> EnsureAsync(HeldRun run, CancellationToken cancellationToken)
    {
        while (!Holds(run))
        {
            if (run.EndedBy != EarlyEnd.None)
            {
                return false;
            }

            var until = time.GetUtcNow() + options.LeaseDuration;
            if ((await store.ExtendLeasesAsync([run.Claimed.Lease], until, latest: null, cancellationToken)).Count > 0)
            {
                run.End(EarlyEnd.LeaseLost);
                return false;
            }

            run.LeaseUntil = until;
        }

        return true;
    }

    private async Task RoundAsync(CancellationToken stoppingToken)
    {
        var silences = 0;
        do
        {
            try
            {
                await KeepAsync(time.GetUtcNow(), Interlocked.Increment(ref question)).WaitAsync(options.LeaseDuration, time, stoppingToken);
                silences = 0;
            }
            catch (TimeoutException) when (silences++ == 0)
            {
                // Either the store hangs or this process was stopped while it waited: a second question tells.
            }
            catch (Exception e) when (e is StoreUnavailableException or TimeoutException)
            {
                Interlocked.Increment(ref question);
                Away(e is TimeoutException ? "It did not answer for as long as a lease lasts" : e.Message);
                End(held.ExpiredAt(time.GetUtcNow()));
                return;
            }
        }
        while (silences > 0 || held.ExpiredAt(time.GetUtcNow()).Any());
    }

    // One look at the clock for both. Extending comes first, so that after a stall of this process, or a jump of the clock, its own
    // runs do not look lost to it; if the extending itself stalls, its leases still reach further than what is taken back. An answer
    // that comes when nobody waits for it any more says nothing of how the store is now.
    private async Task KeepAsync(DateTimeOffset now, int asked)
    {
        var away = await ExtendAsync(now);
        if (asked != Volatile.Read(ref question))
        {
            return;
        }

        var request = new RecoveryRequest
        {
            Now = now,
            MaxLostAttempts = options.MaxAttemptsAfterNodeLoss,
            StoreAwaySince = away is null && lastProblem is not null && now - answeredAt > options.LeaseDuration ? answeredAt : null,
        };
        var recovered = await store.RecoverAsync(request);
        if (asked == Volatile.Read(ref question))
        {
            Heard(now, away);
        }

        if (recovered.Total > 0)
        {
            Recovered(recovered.Queued, recovered.Abandoned);
            var reason = request.StoreAwaySince is null ? RunReason.NodeLost : RunReason.StoreLost;
            telemetry.Firing.Ended(RunState.Queued, reason, recovered.Queued);
            telemetry.Firing.Ended(RunState.Abandoned, reason, recovered.Abandoned);
            wake.Raise(DateTimeOffset.MinValue);
            foreach (var observer in observers)
            {
                observer.Recovered(recovered);
            }
        }
    }

    private void Heard(DateTimeOffset now, StoreUnavailableException? away)
    {
        if (away is null)
        {
            (answeredAt, lastProblem) = (now, null);
        }
        else
        {
            Away(away.Message);
        }
    }

    // Answers why a part of the store was away, if one was.
    private async Task<StoreUnavailableException?> ExtendAsync(DateTimeOffset now)
    {
        var until = now + options.LeaseDuration;
        var expiring = held.NotBetween(now + (options.LeaseDuration * 0.8), until);
        if (expiring.Count == 0)
        {
            return null;
        }

        // Only after the clock was set back does a lease of this node reach further than a new one. To cut leases at other times would
        // let a call that hung, and comes late, take back what was extended since.
        DateTimeOffset? latest = expiring.Exists(r => r.LeaseUntil > until) ? until + options.LeaseDuration : null;
        var extended = await PartByPart.RunAsync(
            store, expiring, r => r.Claimed.Lease.Tenant, part => store.ExtendLeasesAsync([.. part.Select(r => r.Claimed.Lease)], until, latest));
        foreach (var (runs, lost) in extended.Answered)
        {
            Settle(runs, lost.ToHashSet(), until, latest is not null);
        }

        End(extended.Away.Where(r => !r.Finished && r.LeaseUntil < time.GetUtcNow()));
        return extended.Problem;
    }

    private void Settle(IReadOnlyList<HeldRun> runs, HashSet<RunId> lost, DateTimeOffset until, bool cut)
    {
        foreach (var run in runs)
        {
            if (!lost.Contains(run.Claimed.Lease.Id))
            {
                run.LeaseUntil = !cut && run.LeaseUntil > until ? run.LeaseUntil : until;
            }
            else if (held.Find(run.Claimed.Lease.Id) == run)
            {
                // Those recorded since they were listed are gone from the store's running rows as well, and have nothing to end.
                run.End(EarlyEnd.LeaseLost);
            }
        }
    }

    private void Away(string problem)
    {
        telemetry.Store.Failed("lease");
        if (problem != lastProblem)
        {
            StoreIsUnavailable(problem);
        }

        lastProblem = problem;
    }

    // The store could not be asked for longer than a lease lasts: another node may have the run by now, so this one ends it.
    private static void End(IEnumerable<HeldRun> expired)
    {
        foreach (var run in expired)
        {
            run.End(EarlyEnd.LeaseLost);
        }
    }
}
