namespace Escapement.Runs;

/// <summary>Who asked for a run, or said that an occurrence is not to start, and what they said; nobody did of nearly every run.</summary>
/// <param name="By">Who.</param>
/// <param name="Note">Why.</param>
internal sealed record RunAsk(string By, string? Note = null)
{
    /// <summary>The run that is repeated.</summary>
    public RunId? Repeats { get; init; }

    /// <summary>The backfill that opened it.</summary>
    public BackfillPlace? Backfill { get; init; }

    /// <summary>What the run makes up for.</summary>
    public DateTimeOffset? Occurrence { get; init; }
}

/// <summary>Which backfill a run is of, as the run keeps it.</summary>
/// <param name="Id">The backfill.</param>
/// <param name="Total">How many occurrences it began with.</param>
internal readonly record struct BackfillPlace(Guid Id, int Total);
