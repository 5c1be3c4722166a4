namespace Escapement.Nodes;

/// <summary>When a sign of life ends an outage.</summary>
internal static class OutageRule
{
    /// <summary>The outage that a node's sign of life ends; null when there was none.</summary>
    /// <param name="node">The node.</param>
    /// <param name="last">The last sign of any node that fires; null when there was never one.</param>
    /// <param name="silentBefore">Signs before this are too old.</param>
    public static Outage? Ended(HostNode node, HostNode? last, DateTimeOffset silentBefore) =>
        node.Slots > 0 && node.EndedAt is null && last is not null && last.SeenAt < silentBefore
            ? new Outage(last.SeenAt, node.SeenAt, node.Name, last.EndedAt is not null)
            : null;
}
