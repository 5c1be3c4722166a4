using Escapement.Scheduling;

namespace Escapement.Runs;

/// <summary>
/// One row of the run ledger. Every occurrence ends in exactly one: (schedule, due time, trigger) is unique in the store,
/// and a row of state <see cref="RunState.Missed"/> stands for the whole range <see cref="MissedFrom"/>..<see cref="MissedTo"/>.
/// </summary>
public sealed record Run
{
    /// <summary>Its id, the idempotency key of all its attempts.</summary>
    public required RunId Id { get; init; }

    /// <summary>The tenant and install.</summary>
    public required InstallScope Scope { get; init; }

    /// <summary>The schedule, which may have been deleted since.</summary>
    public required ScheduleId Schedule { get; init; }

    /// <summary>The occurrence; for one that somebody asked for, when they did; for a missed range, its first occurrence.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>What made it.</summary>
    public required RunTrigger Trigger { get; init; }

    /// <summary>Where it is.</summary>
    public required RunState State { get; init; }

    /// <summary>Why it ended so; while it is queued, why the attempt before did, or what it waits for.</summary>
    public RunReason Reason { get; init; }

    /// <summary>The attempt that is under way or was the last, from 1; 0 for rows that never started.</summary>
    public int Attempt { get; init; }

    /// <summary>
    /// The version that the last attempt ran; null for rows that never started, while the attempt is under way, and when it was lost with
    /// its node.
    /// </summary>
    public VersionId? Version { get; init; }

    /// <summary>Not before this instant, while queued.</summary>
    public DateTimeOffset? AvailableAt { get; init; }

    /// <summary>The node that has or had it.</summary>
    public string? Node { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the latest attempt started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended for good.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The HTTP status that the extension answered.</summary>
    public int? StatusCode { get; init; }

    /// <summary>What went wrong, at most 4,000 characters.</summary>
    public string? Error { get; init; }

    /// <summary>Who asked for it, or skipped the occurrence ahead of time.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>Why they did.</summary>
    public string? Note { get; init; }

    /// <summary>The run that it repeats; null for nearly every run.</summary>
    public RunId? Repeats { get; init; }

    /// <summary>
    /// The occurrence that a run of a backfill makes up for; of a repeat, what the run that it repeats was due at, through all repeats. What the
    /// extension is told as its due time.
    /// </summary>
    public DateTimeOffset? Occurrence { get; init; }

    /// <summary>The backfill that opened it; null for nearly every run.</summary>
    internal BackfillPlace? Backfill { get; init; }

    /// <summary>
    /// Which payload of its schedule the last attempt had, by the revision that brought it; of a run that waits to repeat another, that one's.
    /// Null for rows that never started.
    /// </summary>
    internal long? PayloadRevision { get; init; }

    /// <summary>How many occurrences a missed row stands for.</summary>
    public int? MissedCount { get; init; }

    /// <summary>The first of them.</summary>
    public DateTimeOffset? MissedFrom { get; init; }

    /// <summary>The last of them.</summary>
    public DateTimeOffset? MissedTo { get; init; }

    /// <summary>The pause that kept these occurrences from starting, where one did.</summary>
    public Pause? Pause { get; init; }

    /// <summary>Attempts before <see cref="Attempt"/>, oldest first.</summary>
    public IReadOnlyList<EndedAttempt> EarlierAttempts { get; init; } = [];

    /// <summary>What the sandbox kept of the last attempt.</summary>
    public RunEvidence Evidence { get; init; } = RunEvidence.None;
}
