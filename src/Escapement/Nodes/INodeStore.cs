using Escapement.Audit;

namespace Escapement.Nodes;

/// <summary>Nodes and their signs of life, and the times when there were none.</summary>
internal interface INodeStore
{
    /// <summary>How far this process's clock is ahead of the store's; null where the store has none of its own.</summary>
    TimeSpan? ClockOffset { get; }

    /// <summary>
    /// A node's sign of life. Where the last of all nodes that fire is older than <paramref name="silentBefore"/>, and the node takes work, the
    /// time between is written as an outage first, once, however many nodes come back.
    /// </summary>
    /// <returns>What the node hears by it.</returns>
    ValueTask<HeardByNode> BeatAsync(HostNode node, DateTimeOffset silentBefore, CancellationToken cancellationToken = default);

    /// <summary>Drains a node, or lets it take work again, in one transaction with its entry.</summary>
    /// <param name="id">Which.</param>
    /// <param name="change">What is to be, of the node as it is; null for one that is not kept.</param>
    /// <param name="audit">The entry of the change; none is written when there is no change.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<DrainOutcome> DrainAsync(
        Guid id, Func<HostNode?, DrainOutcome> change, AuditEntry audit, CancellationToken cancellationToken = default);

    /// <summary>All nodes that are kept, the one that was started last first.</summary>
    ValueTask<IReadOnlyList<HostNode>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Outages that reach into a time, the latest first; so many at most.</summary>
    ValueTask<IReadOnlyList<Outage>> ListOutagesAsync(DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken = default);
}

/// <summary>What a node hears by its sign of life.</summary>
/// <param name="Ended">The outage that it ended; null when there was none.</param>
/// <param name="Drain">The last time that somebody drained it.</param>
internal sealed record HeardByNode(Outage? Ended, NodeDrain? Drain);
