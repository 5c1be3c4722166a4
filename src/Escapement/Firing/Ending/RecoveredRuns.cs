namespace Escapement.Firing.Ending;

/// <summary>What a recovery came to. Two are alike if they took back as many.</summary>
/// <param name="Queued">Runs queued for another attempt.</param>
/// <param name="Abandoned">Runs given up.</param>
internal readonly record struct RecoveredRuns(int Queued, int Abandoned)
{
    private readonly IReadOnlyList<SettledRun>? runs;

    private RecoveredRuns(IReadOnlyList<SettledRun> runs)
        : this(runs.Count(r => r.IsQueued), runs.Count(r => !r.IsQueued)) => this.runs = runs;

    /// <summary>The runs, one by one.</summary>
    public IReadOnlyList<SettledRun> Runs => runs ?? [];

    internal int Total => Queued + Abandoned;

    /// <summary>Those that were taken back.</summary>
    public static RecoveredRuns Of(IReadOnlyList<SettledRun> runs) => new(runs);

    public bool Equals(RecoveredRuns other) => (Queued, Abandoned) == (other.Queued, other.Abandoned);

    public override int GetHashCode() => HashCode.Combine(Queued, Abandoned);

    internal RecoveredRuns Plus(RecoveredRuns other) => new([.. Runs, .. other.Runs]);
}
