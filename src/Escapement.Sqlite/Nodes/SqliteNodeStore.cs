using Escapement.Audit;
using Escapement.Nodes;
using Escapement.Sqlite.Audit;
using Escapement.Sqlite.Connections;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Nodes;

/// <inheritdoc/>
internal sealed class SqliteNodeStore(WriteQueue writer, ReadPool reader) : INodeStore
{
    public TimeSpan? ClockOffset => null;

    public ValueTask<HeardByNode> BeatAsync(HostNode node, DateTimeOffset silentBefore, CancellationToken cancellationToken) => writer.WriteAsync(
        db =>
        {
            var ended = OutageRule.Ended(node, db.Sql("last_node").First(StoredNode.Read), silentBefore);
            if (ended is not null)
            {
                StoredNode.Write(db.Sql("add_outage"), ended).Run();
            }

            return new HeardByNode(ended, StoredNode.Write(db.Sql("beat_node"), node).First(StoredNode.Read)!.Drain);
        },
        cancellationToken);

    public ValueTask<DrainOutcome> DrainAsync(
        Guid id, Func<HostNode?, DrainOutcome> change, AuditEntry audit, CancellationToken cancellationToken) => writer.WriteAsync(
        db =>
        {
            var outcome = change(db.Sql("find_node").Set("id", id).First(StoredNode.Read));
            if (outcome is DrainOutcome.Done { Node: var node })
            {
                StoredNode.WriteDrain(db.Sql("drain_node"), node).Run();
                AuditRow.Append(db, audit);
            }

            return outcome;
        },
        cancellationToken);

    public ValueTask<IReadOnlyList<HostNode>> ListAsync(CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<HostNode>>(db => db.Sql("list_nodes").List(StoredNode.Read), cancellationToken);

    public ValueTask<IReadOnlyList<Outage>> ListOutagesAsync(DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<Outage>>(
            db => db.Sql("list_outages").Set("from", from).Set("to", to).Set("limit", (long)limit).List(StoredNode.ReadOutage), cancellationToken);
}
