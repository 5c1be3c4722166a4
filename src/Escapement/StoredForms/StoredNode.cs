using Escapement.Nodes;

namespace Escapement.StoredForms;

/// <summary>
/// Nodes and outages as their columns, in the order in which <c>list_nodes</c>, <c>find_node</c>, <c>last_node</c> and <c>list_outages</c> select them and
/// <c>beat_node</c> answers them, and under the names by which <c>beat_node</c>, <c>drain_node</c> and <c>add_outage</c> take them.
/// </summary>
internal static class StoredNode
{
    public static HostNode Read<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct => new()
    {
        Id = row.Id(0),
        Name = row.Text(1),
        Slots = row.Int(2),
        MeanRun = row.IntOrNull(3) is { } ms ? TimeSpan.FromMilliseconds(ms) : null,
        StartedAt = row.Time(4),
        SeenAt = row.Time(5),
        EndedAt = row.TimeOrNull(6),
        Version = row.Text(7),
        ClockOffset = row.IntOrNull(8) is { } offset ? TimeSpan.FromMilliseconds(offset) : null,
        StoreTook = row.IntOrNull(9) is { } took ? TimeSpan.FromMilliseconds(took) : null,
        DrainingSince = row.TimeOrNull(10),
        MeanRunOf = row.Int(11),
        IdleSince = row.TimeOrNull(12),
        Drain = row.TimeOrNull(13) is { } since ? new NodeDrain(since, row.Text(14), row.Text(15), row.TimeOrNull(16)) : null,
    };

    public static TValues Write<TValues>(TValues statement, HostNode node)
        where TValues : IStoredValues<TValues> => statement
        .Set("id", node.Id)
        .Set("name", node.Name)
        .Set("slots", node.Slots)
        .Set("mean_run_ms", (long?)(node.MeanRun is { } mean ? Math.Max(1, (long)mean.TotalMilliseconds) : null))
        .Set("mean_run_of", node.MeanRunOf)
        .Set("started_at", node.StartedAt)
        .Set("seen_at", node.SeenAt)
        .Set("ended_at", node.EndedAt)
        .Set("version", node.Version)
        .Set("clock_offset_ms", (long?)node.ClockOffset?.TotalMilliseconds)
        .Set("store_took_ms", (long?)(node.StoreTook is { } took ? Math.Max(1, (long)took.TotalMilliseconds) : null))
        .Set("draining_since", node.DrainingSince)
        .Set("idle_since", node.IdleSince);

    public static TValues WriteDrain<TValues>(TValues statement, HostNode node)
        where TValues : IStoredValues<TValues> => statement
        .Set("id", node.Id)
        .Set("drained_at", node.Drain?.Since)
        .Set("drained_by", node.Drain?.By)
        .Set("drain_note", node.Drain?.Note)
        .Set("drain_ended_at", node.Drain?.EndedAt);

    public static Outage ReadOutage<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct => new(row.Time(0), row.Time(1), row.Text(2), row.Bool(3))
        {
            Drained = row.TextOrNull(4) is { } drained ? new DrainedNode(drained, row.Text(5)) : null,
        };

    public static TValues Write<TValues>(TValues statement, Outage outage)
        where TValues : IStoredValues<TValues> => statement
        .Set("from", outage.From)
        .Set("to", outage.To)
        .Set("node", outage.Node)
        .Set("stopped", outage.Stopped)
        .Set("drained_node", outage.Drained?.Node)
        .Set("drained_by", outage.Drained?.By);
}
