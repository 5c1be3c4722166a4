namespace Escapement.Firing.Ending;

/// <summary>What a recovery came to.</summary>
/// <param name="Queued">Runs queued for another attempt.</param>
/// <param name="Abandoned">Runs given up.</param>
internal readonly record struct RecoveredRuns(int Queued, int Abandoned)
{
    internal int Total => Queued + Abandoned;

    internal RecoveredRuns Plus(RecoveredRuns other) => new(Queued + other.Queued, Abandoned + other.Abandoned);
}
