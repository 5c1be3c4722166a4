namespace Escapement.Firing.Ending;

/// <summary>What a recovery came to.</summary>
/// <param name="Queued">Runs queued for another attempt.</param>
/// <param name="Abandoned">Runs given up.</param>
public readonly record struct RecoveredRuns(int Queued, int Abandoned);
