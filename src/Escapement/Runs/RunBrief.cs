namespace Escapement.Runs;

/// <summary>What became of a run, in short.</summary>
/// <param name="Id">The run.</param>
/// <param name="DueAt">Its due time.</param>
/// <param name="State">How far it is, or how it ended.</param>
/// <param name="Took">How long its last attempt took; null while it has not ended, and for what never started.</param>
internal sealed record RunBrief(RunId Id, DateTimeOffset DueAt, RunState State, TimeSpan? Took);
