namespace Escapement.Nodes;

/// <summary>Nodes and their signs of life, and the times when there were none.</summary>
internal interface INodeStore
{
    /// <summary>How far this process's clock is ahead of the store's; null where the store has none of its own.</summary>
    TimeSpan? ClockOffset { get; }

    /// <summary>
    /// A node's sign of life. Where the last of all nodes that fire is older than <paramref name="silentBefore"/>, and the node fires, the
    /// time between is written as an outage first, once, however many nodes come back.
    /// </summary>
    /// <returns>The outage that ended; null when there was none.</returns>
    ValueTask<Outage?> BeatAsync(HostNode node, DateTimeOffset silentBefore, CancellationToken cancellationToken = default);

    /// <summary>All nodes that are kept, the one that was started last first.</summary>
    ValueTask<IReadOnlyList<HostNode>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Outages that reach into a time, the latest first; so many at most.</summary>
    ValueTask<IReadOnlyList<Outage>> ListOutagesAsync(DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken = default);
}
