using Escapement.Audit;
using Escapement.Nodes;

namespace Escapement.SampleWorld.Hosting;

/// <summary>
/// The signs of life of a node whose clock leaps: one a quarter of an hour is kept, and a leap is no silence. What is silent for longer than any
/// leap was an outage, as ever.
/// </summary>
internal sealed class SparseSigns(INodeStore inner) : INodeStore
{
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(15);

    private DateTimeOffset last;

    /// <summary>Whether the node goes without a word: its last sign says nothing of an end.</summary>
    public bool GoesSilently { get; set; }

    public TimeSpan? ClockOffset => inner.ClockOffset;

    public async ValueTask<HeardByNode> BeatAsync(HostNode node, DateTimeOffset silentBefore, CancellationToken cancellationToken = default)
    {
        if (node.EndedAt is null && node.SeenAt - last < Between)
        {
            return new HeardByNode(Ended: null, node.Drain);
        }

        var first = last == default;
        last = node.SeenAt;
        var said = GoesSilently ? node with { EndedAt = null } : node;
        return await inner.BeatAsync(said, first ? silentBefore : silentBefore - SampleHost.LongestLeap - Between, cancellationToken);
    }

    public ValueTask<DrainOutcome> DrainAsync(
        Guid id, Func<HostNode?, DrainOutcome> change, AuditEntry audit, CancellationToken cancellationToken = default) =>
        inner.DrainAsync(id, change, audit, cancellationToken);

    public ValueTask<IReadOnlyList<HostNode>> ListAsync(CancellationToken cancellationToken = default) => inner.ListAsync(cancellationToken);

    public ValueTask<IReadOnlyList<Outage>> ListOutagesAsync(
        DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken = default) =>
        inner.ListOutagesAsync(from, to, limit, cancellationToken);
}
