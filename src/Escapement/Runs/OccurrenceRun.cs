namespace Escapement.Runs;

/// <summary>A run of an occurrence, or one that repeats such a run.</summary>
/// <param name="Id">Which.</param>
/// <param name="Occurrence">Of which occurrence.</param>
/// <param name="State">Where it is.</param>
/// <param name="CreatedAt">When its row was made.</param>
internal readonly record struct OccurrenceRun(RunId Id, DateTimeOffset Occurrence, RunState State, DateTimeOffset CreatedAt);
