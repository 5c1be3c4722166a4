namespace Escapement.Nodes;

/// <summary>Which nodes can be drained, and which let take work again: the rules that only the change's transaction can check.</summary>
internal static class DrainRules
{
    /// <summary>What comes of draining a node.</summary>
    /// <param name="node">As it is; null for none.</param>
    /// <param name="drain">Who asks, and why.</param>
    public static DrainOutcome Begin(HostNode? node, NodeDrain drain) =>
        Refusal(node)
        ?? (node switch
        {
            { Slots: 0 } => new DrainOutcome.FiresNothing(node),
            { IsDrained: true } => new DrainOutcome.Already(node.Drain!),
            _ => new DrainOutcome.Done(node! with { Drain = drain }),
        });

    /// <summary>What comes of letting a node take work again.</summary>
    /// <param name="node">As it is; null for none.</param>
    /// <param name="now">The instant.</param>
    public static DrainOutcome End(HostNode? node, DateTimeOffset now) =>
        Refusal(node)
        ?? (node!.IsDrained
            ? new DrainOutcome.Done(node with { Drain = node.Drain! with { EndedAt = now } })
            : new DrainOutcome.NotDrained(node));

    private static DrainOutcome? Refusal(HostNode? node) => node switch
    {
        null => new DrainOutcome.NotFound(),
        { EndedAt: not null } or { DrainingSince: not null } => new DrainOutcome.Stopped(node),
        _ => null,
    };
}
