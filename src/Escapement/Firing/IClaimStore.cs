using Escapement.Scheduling;

namespace Escapement.Firing;

/// <summary>
/// The firing path's side of the store. Times and ids are parameters, never the database's own functions, so that a fake
/// clock rules tests and a sharded database can run each statement on one shard. Every write after a claim checks the
/// lease's token: a node that was stopped and comes back cannot overwrite what another did since.
/// </summary>
public interface IClaimStore
{
    /// <summary>
    /// The earliest instant after <paramref name="after"/> at which there is something to claim: a schedule's next occurrence
    /// or a queued run's <see cref="Run.AvailableAt"/>; null when there is nothing. A read. What was due up to
    /// <paramref name="after"/> is the claim's, or was passed over by it.
    /// </summary>
    ValueTask<DateTimeOffset?> PeekAsync(DateTimeOffset after, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes what is due, in one transaction. In a backlog a node has two of these calls under way at once. Queued runs first,
    /// then due schedules by due time. For each schedule <see cref="ClaimRequest.Plan"/> decides; the store writes the next occurrence, the ledger rows for missed and skipped
    /// ones, and opens the run that fires under the lease, with the schedule's <see cref="Schedule.ActiveRun"/> set to it.
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
    ValueTask<IReadOnlyList<RunId>> ExtendLeasesAsync(IReadOnlyList<LeasedRun> runs, DateTimeOffset until, DateTimeOffset? latest, CancellationToken cancellationToken = default);

    /// <summary>
    /// Queues again every running run whose lease ran out before <paramref name="now"/>, with its lost attempt added to
    /// <see cref="Run.EarlierAttempts"/> (reason <see cref="RunReason.NodeLost"/>); one that has lost as many as
    /// <paramref name="maxLostAttempts"/> is abandoned instead and its schedule's last-run fields say so.
    /// </summary>
    ValueTask<RecoveredRuns> RecoverAsync(DateTimeOffset now, int maxLostAttempts, CancellationToken cancellationToken = default);

    /// <summary>
    /// Writes outcomes in one transaction. Each closes its run, or queues it again, and sets its schedule's fields; the schedule may
    /// be gone: then a run to be queued again is closed, as failed, or as abandoned (<see cref="RunReason.ScheduleDeleted"/>) if its
    /// attempt was given back. An attempt given back (<see cref="RunState.Queued"/>, <see cref="RunReason.NodeStopped"/>) is counted
    /// in <see cref="ClaimedRun.StoppedAttempts"/>, never as lost, and leaves its schedule's last-run fields. Answers the runs whose
    /// lease was no longer held: nothing was written for those.
    /// </summary>
    ValueTask<IReadOnlyList<RunId>> CompleteAsync(IReadOnlyList<RunCompletion> completions, CancellationToken cancellationToken = default);
}

/// <summary>What a node asks for.</summary>
public sealed record ClaimRequest
{
    /// <summary>The instant up to which things are due.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Open at most this many runs; the node's free slots.</summary>
    public required int MaxRuns { get; init; }

    /// <summary>
    /// Change at most this many schedules in one transaction, fired or not, so that a long backlog of skipped and missed
    /// occurrences does not hold the store for long. What is passed over does not count.
    /// </summary>
    public required int MaxChanged { get; init; }

    /// <summary>The node that asks.</summary>
    public required string Node { get; init; }

    /// <summary>The token of the leases given; a new one for each claim.</summary>
    public required Guid LeaseToken { get; init; }

    /// <summary>Until when the leases hold.</summary>
    public required DateTimeOffset LeaseUntil { get; init; }

    /// <summary>How many runs of one install may be running at once, on all nodes together.</summary>
    public required int MaxRunningPerInstall { get; init; }

    /// <summary>How many runs of one tenant may be running at once, on all nodes together.</summary>
    public required int MaxRunningPerTenant { get; init; }

    /// <summary>Decides what becomes of a due schedule; pure, called inside the transaction, never throws.</summary>
    public required Func<DueSchedule, OccurrencePlan> Plan { get; init; }
}

/// <summary>What a plan is made from.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="DueAt">Its earliest occurrence without a ledger row.</param>
/// <param name="Cron">Its expression.</param>
/// <param name="TimeZone">Its zone.</param>
/// <param name="ActiveRun">Its open run, if any.</param>
public readonly record struct DueSchedule(ScheduleId Schedule, DateTimeOffset DueAt, string Cron, string TimeZone, RunId? ActiveRun);

/// <summary>What becomes of a due schedule: every occurrence up to now ends in the ledger, and the next one is set.</summary>
/// <param name="NextDueAt">The first occurrence after now; null when there is none.</param>
/// <param name="LastDueAt">The latest occurrence that this plan covers.</param>
/// <param name="Fire">The occurrence to run, if any.</param>
/// <param name="Skip">The occurrence to record as skipped for overlap, if any.</param>
/// <param name="Missed">The occurrences to record as missed, if any.</param>
/// <param name="Broken">
/// Why the schedule cannot be planned, at most 4,000 characters: its zone is unknown here, its expression unreadable. Null for nearly every
/// plan. When it is set, <paramref name="LastDueAt"/> is the due time and all else is empty.
/// </param>
public readonly record struct OccurrencePlan(
    DateTimeOffset? NextDueAt, DateTimeOffset LastDueAt, DateTimeOffset? Fire, DateTimeOffset? Skip, MissedOccurrences? Missed, string? Broken = null);

/// <summary>A range of occurrences that did not start.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The last.</param>
/// <param name="Count">How many, both included.</param>
/// <param name="Reason"><see cref="RunReason.Superseded"/> or <see cref="RunReason.OutsideCatchUpWindow"/>.</param>
public readonly record struct MissedOccurrences(DateTimeOffset From, DateTimeOffset To, int Count, RunReason Reason);

/// <summary>What a claim came to.</summary>
/// <param name="Runs">The runs that are now this node's.</param>
/// <param name="Skipped">Occurrences recorded as skipped.</param>
/// <param name="Missed">Occurrences recorded as missed.</param>
/// <param name="PassedOver">Due schedules and queued runs left because their install or tenant is at its limit.</param>
/// <param name="More">Whether a limit of the request was reached, so that more may be due now.</param>
/// <param name="Unplannable">Schedules disabled because they cannot be planned.</param>
public sealed record ClaimedBatch(IReadOnlyList<ClaimedRun> Runs, int Skipped, int Missed, int PassedOver, bool More, int Unplannable = 0);

/// <summary>A run that this node has the lease of, with what is needed to carry it out.</summary>
public sealed record ClaimedRun
{
    /// <summary>The run and the lease's token.</summary>
    public required LeasedRun Lease { get; init; }

    /// <summary>The tenant and install.</summary>
    public required InstallScope Scope { get; init; }

    /// <summary>The schedule.</summary>
    public required ScheduleId Schedule { get; init; }

    /// <summary>What is called.</summary>
    public required EndpointKey Endpoint { get; init; }

    /// <summary>What is delivered.</summary>
    public string? Payload { get; init; }

    /// <summary>What happens after a failure.</summary>
    public required RetryPolicy Retry { get; init; }

    /// <summary>Whether the schedule is enabled as of the claim; a retry of a schedule disabled since is given up.</summary>
    public required bool ScheduleEnabled { get; init; }

    /// <summary>The occurrence.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>What made it.</summary>
    public required RunTrigger Trigger { get; init; }

    /// <summary>This attempt, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>How many of the earlier attempts were lost with their node.</summary>
    public int LostAttempts { get; init; }

    /// <summary>How many of the earlier attempts were given back by a node that was stopped.</summary>
    public int StoppedAttempts { get; init; }
}

/// <summary>A run and the token of the lease under which it is held. The id comes with its tenant and schedule, because stores
/// that keep open runs by them need both.</summary>
/// <param name="Id">The run.</param>
/// <param name="Tenant">Its tenant.</param>
/// <param name="Schedule">Its schedule.</param>
/// <param name="Token">The lease's token.</param>
public readonly record struct LeasedRun(RunId Id, TenantId Tenant, ScheduleId Schedule, Guid Token);

/// <summary>What a recovery came to.</summary>
/// <param name="Queued">Runs queued for another attempt.</param>
/// <param name="Abandoned">Runs given up.</param>
public readonly record struct RecoveredRuns(int Queued, int Abandoned);

/// <summary>The outcome of an attempt, as it is written.</summary>
public sealed record RunCompletion
{
    /// <summary>The run, under the token it was claimed with.</summary>
    public required LeasedRun Lease { get; init; }

    /// <summary>The attempt that ended.</summary>
    public required int Attempt { get; init; }

    /// <summary><see cref="RunState.Queued"/> to try again at <see cref="RetryAt"/>; otherwise an ended state.</summary>
    public required RunState State { get; init; }

    /// <summary>Why.</summary>
    public required RunReason Reason { get; init; }

    /// <summary>
    /// When the attempt started; null when it never reached the sandbox: the schedule's last-run fields then stay. They stay too when
    /// the attempt was given back (<see cref="RunReason.NodeStopped"/>).
    /// </summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>When the next attempt may start, if <see cref="State"/> is <see cref="RunState.Queued"/>.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>The HTTP status that the extension answered.</summary>
    public int? StatusCode { get; init; }

    /// <summary>What went wrong, at most 4,000 characters.</summary>
    public string? Error { get; init; }

    /// <summary>Disables the schedule, with <see cref="Error"/> as its last error: its endpoint is gone.</summary>
    public bool DisablesSchedule { get; init; }

    /// <summary>What the sandbox kept.</summary>
    public RunEvidence Evidence { get; init; } = RunEvidence.None;
}
