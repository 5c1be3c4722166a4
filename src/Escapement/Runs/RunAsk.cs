namespace Escapement.Runs;

/// <summary>Who asked for a run, or said that an occurrence is not to start, and what they said; nobody did of nearly every run.</summary>
/// <param name="By">Who.</param>
/// <param name="Note">Why.</param>
internal sealed record RunAsk(string By, string? Note = null)
{
    /// <summary>The run that is repeated.</summary>
    public RunId? Repeats { get; init; }

    /// <summary>What the run makes up for.</summary>
    public DateTimeOffset? Occurrence { get; init; }
}
