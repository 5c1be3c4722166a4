using Escapement.Runs;

namespace Escapement.Why;

/// <summary>What became of a backfill, by its runs in the ledger: as long as runs are kept it can be told, though the schedule has forgotten it.</summary>
internal sealed record BackfillSummary
{
    public required Guid Id { get; init; }

    /// <summary>How many occurrences it began with.</summary>
    public required int Total { get; init; }

    /// <summary>Who began it.</summary>
    public required string By { get; init; }

    /// <summary>Why; null for no word.</summary>
    public string? Note { get; init; }

    public int Succeeded { get; init; }

    /// <summary>Those too that were given up.</summary>
    public int Failed { get; init; }

    /// <summary>What waits or is under way.</summary>
    public int Open { get; init; }

    /// <summary>When its first run was opened.</summary>
    public required DateTimeOffset BeganAt { get; init; }

    /// <summary>When its last run so far ended; null while none has.</summary>
    public DateTimeOffset? LastEndedAt { get; init; }

    /// <summary>How many of its occurrences have no run: still to come while it goes on, left out once it has ended.</summary>
    public int Left => Math.Max(0, Total - Succeeded - Failed - Open);

    /// <summary>The summary of what is counted by state; null where nothing is.</summary>
    public static BackfillSummary? Of(
        RunAsk ask, IReadOnlyCollection<(RunState State, int Count, DateTimeOffset First, DateTimeOffset? Last)> counted) =>
        ask.Backfill is not { } place || counted.Count == 0 ? null : new BackfillSummary
        {
            Id = place.Id,
            Total = place.Total,
            By = ask.By,
            Note = ask.Note,
            Succeeded = counted.Where(c => c.State == RunState.Succeeded).Sum(c => c.Count),
            Failed = counted.Where(c => c.State > RunState.Succeeded).Sum(c => c.Count),
            Open = counted.Where(c => c.State < RunState.Succeeded).Sum(c => c.Count),
            BeganAt = counted.Min(c => c.First),
            LastEndedAt = counted.Max(c => c.Last),
        };
}
