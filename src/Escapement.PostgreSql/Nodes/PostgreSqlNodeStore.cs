using Escapement.Audit;
using Escapement.Nodes;
using Escapement.PostgreSql.Audit;
using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;
using Escapement.PostgreSql.Time;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Nodes;

/// <summary>Nodes, all in the bucket of what is no tenant's.</summary>
internal sealed class PostgreSqlNodeStore(Pool pool, DatabaseClock clock) : INodeStore
{
    public TimeSpan? ClockOffset => clock.Offset;

    public ValueTask<HeardByNode> BeatAsync(HostNode node, DateTimeOffset silentBefore, CancellationToken cancellationToken) => pool.WriteAsync(
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
            await using var heard = await session.Commit().OpenAsync(ct);
            return new HeardByNode(ended, (await heard.FirstAsync(StoredNode.Read, ct))!.Drain);
        },
        cancellationToken);

    public ValueTask<DrainOutcome> DrainAsync(
        Guid id, Func<HostNode?, DrainOutcome> change, AuditEntry audit, CancellationToken cancellationToken) => pool.WriteAsync(
        async (session, ct) =>
        {
            session.Begin().Sql("lock_node").Set("bucket", Bucket.OfNobody).Set("id", id);
            session.Sql("find_node").Set("bucket", Bucket.OfNobody).Set("id", id);
            HostNode? found;
            await using (var rows = await session.OpenAsync(ct))
            {
                await rows.NextAsync(ct);
                found = await rows.FirstAsync(StoredNode.Read, ct);
            }

            var outcome = change(found);
            if (outcome is DrainOutcome.Done { Node: var node })
            {
                StoredNode.WriteDrain(session.Sql("drain_node"), node).Set("bucket", Bucket.OfNobody);
                AuditRow.Append(session, audit);
            }

            await session.Commit().RunAsync(ct);
            return outcome;
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
