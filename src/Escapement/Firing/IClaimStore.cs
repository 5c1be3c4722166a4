using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Escapement.Runs;

namespace Escapement.Firing;

/// <summary>
/// The firing path's side of the store. Times and ids are parameters, never the database's own functions, so that a fake
/// clock rules tests and a sharded database can run each statement on one shard. Every write after a claim checks the
/// lease's token: a node that was stopped and comes back cannot overwrite what another did since.
/// </summary>
internal interface IClaimStore : ITenantParts
{
    /// <summary>
    /// The earliest instant after <paramref name="after"/> at which there is something to claim: a schedule's next occurrence
    /// or a queued run's <see cref="Run.AvailableAt"/>; null when there is nothing. A read. What was due up to
    /// <paramref name="after"/> is the claim's, or was passed over by it.
    /// </summary>
    ValueTask<DateTimeOffset?> PeekAsync(DateTimeOffset after, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes what is due, in one transaction. In a backlog a node has two of these calls under way at once. Queued runs first,
    /// then due schedules by due time. For each schedule <see cref="ClaimRequest.Plan"/> decides; the store writes the next
    /// occurrence, the ledger rows for missed and skipped ones, and opens the run that fires under the lease, with the schedule's
    /// <see cref="Scheduling.Schedule.ActiveRun"/> set to it.
    /// A schedule whose install, or tenant, has as many running runs as it may is passed over and stays due; an overlap is
    /// recorded even then. A ledger row that exists already (same schedule, due time, trigger) wins: the occurrence is
    /// advanced over and not fired again. A schedule that cannot be planned (<see cref="OccurrencePlan.Broken"/>) gets one
    /// ledger row for its due time (<see cref="RunState.Abandoned"/>, <see cref="RunReason.ScheduleUnplannable"/>, the text as
    /// its error), is disabled and left without a next occurrence, with the text as its last error; nobody else is disturbed.
    /// </summary>
    ValueTask<ClaimedBatch> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Extends leases in bulk. Answers those that are no longer held with that token; their runs belong to others now. A lease that
    /// reaches further than <paramref name="until"/> stays as it is, because calls that hang may overtake one another. Who knows that
    /// the clock was set back gives <paramref name="latest"/>: a lease beyond that is from before, and is cut to
    /// <paramref name="until"/>. Null, as usual: none is cut.
    /// </summary>
    ValueTask<IReadOnlyList<RunId>> ExtendLeasesAsync(
        IReadOnlyList<LeasedRun> runs, DateTimeOffset until, DateTimeOffset? latest, CancellationToken cancellationToken = default);

    /// <summary>
    /// Queues again every running run whose lease ran out before <see cref="RecoveryRequest.Now"/>, with its lost attempt added to
    /// <see cref="Run.EarlierAttempts"/> (reason <see cref="RunReason.NodeLost"/> or <see cref="RunReason.StoreLost"/>); one that has lost as many as
    /// <see cref="RecoveryRequest.MaxLostAttempts"/> is abandoned instead and its schedule's last-run fields say so.
    /// </summary>
    ValueTask<RecoveredRuns> RecoverAsync(RecoveryRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Writes outcomes in one transaction. Each closes its run, or queues it again, and sets its schedule's fields; the schedule may
    /// be gone: then a run to be queued again is closed, as failed, or as abandoned (<see cref="RunReason.ScheduleDeleted"/>) if its
    /// attempt was given back. An attempt given back (<see cref="RunState.Queued"/>, <see cref="RunReason.NodeStopped"/>) is counted
    /// in <see cref="ClaimedRun.StoppedAttempts"/>, never as lost, and leaves its schedule's last-run fields. Answers the runs whose
    /// lease was no longer held: nothing was written for those.
    /// </summary>
    ValueTask<IReadOnlyList<RunId>> RecordAsync(IReadOnlyList<AttemptOutcome> outcomes, CancellationToken cancellationToken = default);
}
