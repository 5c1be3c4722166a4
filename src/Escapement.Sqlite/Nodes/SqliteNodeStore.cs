using Escapement.Nodes;
using Escapement.Sqlite.Connections;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Nodes;

/// <inheritdoc/>
internal sealed class SqliteNodeStore(WriteQueue writer, ReadPool reader) : INodeStore
{
    public TimeSpan? ClockOffset => null;

    public ValueTask<Outage?> BeatAsync(HostNode node, DateTimeOffset silentBefore, CancellationToken cancellationToken) => writer.WriteAsync(
        db =>
        {
            var ended = OutageRule.Ended(node, db.Sql("last_node").First(StoredNode.Read), silentBefore);
            if (ended is not null)
            {
                StoredNode.Write(db.Sql("add_outage"), ended).Run();
            }

            StoredNode.Write(db.Sql("beat_node"), node).Run();
            return ended;
        },
        cancellationToken);

    public ValueTask<IReadOnlyList<HostNode>> ListAsync(CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<HostNode>>(db => db.Sql("list_nodes").List(StoredNode.Read), cancellationToken);

    public ValueTask<IReadOnlyList<Outage>> ListOutagesAsync(DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<Outage>>(
            db => db.Sql("list_outages").Set("from", from).Set("to", to).Set("limit", (long)limit).List(StoredNode.ReadOutage), cancellationToken);
}
