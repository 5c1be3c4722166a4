namespace Escapement.Nodes;

/// <summary>When a sign of life ends an outage. A node that is drained gives signs of life, and takes no work.</summary>
internal static class OutageRule
{
    /// <summary>The outage that a node's sign of life ends; null when there was none.</summary>
    /// <param name="node">The node.</param>
    /// <param name="last">The node that fires and took work last; null when there was never one.</param>
    /// <param name="silentBefore">Signs before this are too old.</param>
    public static Outage? Ended(HostNode node, HostNode? last, DateTimeOffset silentBefore) =>
        node is { Slots: > 0, EndedAt: null, IdleSince: null } && last is not null && last.TookAt < silentBefore
            ? new Outage(last.TookAt, node.SeenAt, node.Name, last.EndedAt is not null)
            {
                Drained = last is { IdleSince: not null, Drain: { } drain } ? new DrainedNode(last.Name, drain.By) : null,
            }
            : null;
}
