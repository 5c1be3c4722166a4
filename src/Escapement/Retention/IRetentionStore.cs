namespace Escapement.Retention;

/// <summary>Keeps the run ledger and the audit from growing without end.</summary>
internal interface IRetentionStore
{
    /// <summary>
    /// Removes some of what is older than the cutoffs, in one short step that holds no lock for long, and prepares room for
    /// what is to come where the store needs that. An open run stays, however old: recovery needs it. Several nodes may call
    /// it at once.
    /// </summary>
    ValueTask<RetentionStep> StepAsync(RetentionCutoffs cutoffs, CancellationToken cancellationToken = default);
}

/// <summary>What is old.</summary>
/// <param name="Now">The instant of the step.</param>
/// <param name="Runs">Ended runs whose row was made before this may go; null keeps all.</param>
/// <param name="Audit">Audit entries made before this may go; null keeps all.</param>
internal sealed record RetentionCutoffs(DateTimeOffset Now, DateTimeOffset? Runs, DateTimeOffset? Audit)
{
    /// <summary>What was uninstalled or deleted before this may go for good; null keeps all.</summary>
    public DateTimeOffset? Removed { get; init; }

    /// <summary>What only taking a change back needs may go that is older; null keeps all.</summary>
    public DateTimeOffset? Undo { get; init; }
}

/// <summary>What a step came to.</summary>
/// <param name="Rows">Rows that were deleted.</param>
/// <param name="Partitions">Partitions that were dropped whole.</param>
/// <param name="More">Whether another step would find more to remove.</param>
internal readonly record struct RetentionStep(long Rows, int Partitions, bool More);
