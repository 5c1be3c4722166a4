namespace Escapement.Scheduling;

/// <summary>
/// Occurrences of the past that a schedule runs one after the other, the oldest first and behind whatever is due. It is a cursor: what was opened
/// is no longer in it.
/// </summary>
public sealed record Backfill
{
    /// <summary>How many occurrences one may have.</summary>
    public const int Most = 1_000;

    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The range that it fills: occurrences from here on.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>And up to here, included.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Which occurrences of the range it runs.</summary>
    public required BackfillOf Of { get; init; }

    /// <summary>Why, as whoever began it said; null for no word.</summary>
    public string? Note { get; init; }

    /// <summary>Who began it.</summary>
    public required string By { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>How many occurrences it began with.</summary>
    public required int Total { get; init; }

    /// <summary>What has not been opened yet, the oldest first.</summary>
    public required IReadOnlyList<BackfilledOccurrence> Left { get; init; }

    /// <summary>Whether it waits until somebody has it go on: paused, or because its schedule or its install was disabled.</summary>
    public bool IsPaused { get; init; }

    /// <summary>The due time of the latest run of any backfill of the schedule: that of the next one is later, so that the ledger takes it.</summary>
    internal DateTimeOffset? LatestDueAt { get; init; }

    /// <summary>Whether another run of it may be opened.</summary>
    internal bool HasWork => !IsPaused && Left.Count > 0;

    /// <summary>The due time of a run that is opened now.</summary>
    internal DateTimeOffset DueAt(DateTimeOffset now) => LatestDueAt is { } latest && latest >= now ? latest.AddMilliseconds(1) : now;

    /// <inheritdoc/>
    public bool Equals(Backfill? other) =>
        other is not null && (Id, IsPaused, LatestDueAt) == (other.Id, other.IsPaused, other.LatestDueAt) && Left.SequenceEqual(other.Left);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, IsPaused, Left.Count);
}

/// <summary>An occurrence that a backfill runs.</summary>
/// <param name="At">The occurrence.</param>
/// <param name="Repeats">The run of it that there was, which the new one repeats; null if none ever started.</param>
public readonly record struct BackfilledOccurrence(DateTimeOffset At, RunId? Repeats = null);

/// <summary>Which occurrences of its range a backfill runs.</summary>
public enum BackfillOf
{
    /// <summary>Those that never started, and were not made up for since.</summary>
    Missing = 0,

    /// <summary>Those too whose runs all failed or were given up.</summary>
    Failed = 1,

    /// <summary>All.</summary>
    All = 2,
}
