using Escapement.Nodes;

namespace Escapement.StoredForms;

/// <summary>
/// Nodes and outages as their columns, in the order in which <c>list_nodes</c>, <c>last_node</c> and <c>list_outages</c> select them, and
/// under the names by which <c>beat_node</c> and <c>add_outage</c> take them.
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
        .Set("draining_since", node.DrainingSince);

    public static Outage ReadOutage<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct => new(row.Time(0), row.Time(1), row.Text(2), row.Bool(3));

    public static TValues Write<TValues>(TValues statement, Outage outage)
        where TValues : IStoredValues<TValues> => statement
        .Set("from", outage.From)
        .Set("to", outage.To)
        .Set("node", outage.Node)
        .Set("stopped", outage.Stopped);
}
