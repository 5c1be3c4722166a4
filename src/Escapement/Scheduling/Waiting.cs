namespace Escapement.Scheduling;

/// <summary>
/// Occurrences that have come due and wait for their turn, because a schedule has one open run at most. The end of a run opens the next:
/// what is due, then the catch-up, then the backfill. Whatever waits is covered: the schedule's next occurrence lies behind it.
/// </summary>
public sealed record Waiting
{
    /// <summary>
    /// The occurrence that goes first: it came due while the run before was open (<see cref="OverlapPolicy.QueueOne"/>), or during a run of the
    /// catch-up.
    /// </summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>What is left of a catch-up (<see cref="MissedPolicy.All"/>), oldest first. What lies between two ranges has run.</summary>
    public IReadOnlyList<OccurrenceRange> CatchUp { get; init; } = [];

    /// <summary>The last run that was opened for the catch-up or the backfill: what comes due while it is open waits, and is no overlap.</summary>
    public RunId? CatchUpRun { get; init; }

    /// <summary>The backfill that goes on behind all that; null for none.</summary>
    public Backfill? Backfill { get; init; }

    /// <summary>How many occurrences are left of the catch-up.</summary>
    public int CatchUpCount => CatchUp.Sum(r => r.Count);

    /// <summary>Whether the end of a run is to open another.</summary>
    internal bool HasWork => Due is not null || CatchUp.Count > 0 || Backfill is { HasWork: true };

    /// <summary>This, or null when nothing waits, there is no backfill, and no run of a catch-up is open.</summary>
    internal Waiting? OrNull => HasWork || CatchUpRun is not null || Backfill is not null ? this : null;

    /// <inheritdoc/>
    public bool Equals(Waiting? other) =>
        other is not null && Due == other.Due && CatchUpRun == other.CatchUpRun && CatchUp.SequenceEqual(other.CatchUp)
        && Equals(Backfill, other.Backfill);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Due, CatchUpRun, CatchUp.Count);
}

/// <summary>Occurrences that follow one another.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The last.</param>
/// <param name="Count">How many, both included.</param>
public readonly record struct OccurrenceRange(DateTimeOffset From, DateTimeOffset To, int Count)
{
    /// <summary>One occurrence alone.</summary>
    internal static OccurrenceRange Of(DateTimeOffset occurrence) => new(occurrence, occurrence, 1);
}
