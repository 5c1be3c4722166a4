using Escapement.Nodes;
using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;
using Escapement.PostgreSql.Time;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Nodes;

/// <summary>Nodes, all in the bucket of what is no tenant's.</summary>
internal sealed class PostgreSqlNodeStore(Pool pool, DatabaseClock clock) : INodeStore
{
    public TimeSpan? ClockOffset => clock.Offset;

    public ValueTask<Outage?> BeatAsync(HostNode node, DateTimeOffset silentBefore, CancellationToken cancellationToken) => pool.WriteAsync(
        async (session, ct) =>
        {
            session.Begin().Sql("last_node").Set("bucket", Bucket.OfNobody);
            HostNode? last;
            await using (var rows = await session.OpenAsync(ct))
            {
                last = await rows.FirstAsync(StoredNode.Read, ct);
            }

            var ended = OutageRule.Ended(node, last, silentBefore);
            if (ended is not null)
            {
                StoredNode.Write(session.Sql("add_outage"), ended).Set("bucket", Bucket.OfNobody);
            }

            StoredNode.Write(session.Sql("beat_node"), node).Set("bucket", Bucket.OfNobody);
            await session.Commit().RunAsync(ct);
            return ended;
        },
        cancellationToken);

    public ValueTask<IReadOnlyList<HostNode>> ListAsync(CancellationToken cancellationToken) =>
        pool.ListAsync(BatchStatement.Of("list_nodes").Set("bucket", Bucket.OfNobody), StoredNode.Read, cancellationToken);

    public ValueTask<IReadOnlyList<Outage>> ListOutagesAsync(DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken) =>
        pool.ListAsync(
            BatchStatement.Of("list_outages").Set("bucket", Bucket.OfNobody).Set("from", from).Set("to", to).Set("limit", (long)limit),
            StoredNode.ReadOutage,
            cancellationToken);
}
