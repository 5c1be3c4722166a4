using Escapement.Runs;

namespace Escapement.StoredForms;

/// <summary>Which runs are wanted, under the names by which <c>list_runs</c> and its like take it.</summary>
internal static class StoredRunQuery
{
    private const long Every = long.MaxValue;

    /// <summary>The statement; that of its last row, where not all rows are looked at, has <c>_end</c> behind it.</summary>
    public static string NameOf(RunQuery query) =>
        query.Tenant is null ? query.IsOfUnsuccessful ? "list_all_unsuccessful_runs" : "list_all_ended_runs"
        : query.IsOfReaching ? "list_reaching_runs"
        : query.IsOfOpen ? "list_tenant_open_runs"
        : query.Schedule is not null ? "list_schedule_runs"
        : query.IsOfUnsuccessful ? "list_unsuccessful_runs"
        : "list_runs";

    public static TValues Write<TValues>(TValues statement, RunQuery query)
        where TValues : IStoredValues<TValues>
    {
        var values = WriteWalk(statement, query)
            .Set("state_bits", Bits(query.States.Select(s => (int)s)))
            .Set("reason_bits", Bits(query.Reasons.Select(r => (int)r)))
            .Set("trigger_bits", Bits(query.Triggers.Select(t => (int)t)))
            .Set("version", query.Version?.Value)
            .Set("limit", query.Limit + 1L);
        values = query.IsOfOpen ? values : values.Set("looked", (long)query.MostLookedAt);
        return query.Tenant is null ? values : values.Set("install", query.Install?.Value);
    }

    public static TValues WriteEnd<TValues>(TValues statement, RunQuery query)
        where TValues : IStoredValues<TValues> => WriteWalk(statement, query).Set("skipped", query.MostLookedAt - 1L);

    public static RunCursor ReadEnd<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct => new(row.Time(0), new RunId(row.Id(1)));

    public static RunBrief ReadBrief<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct =>
        new(new RunId(row.Id(0)), row.Time(1), (RunState)row.Int(2), row.TimeOrNull(4) - row.TimeOrNull(3));

    private static TValues WriteWalk<TValues>(TValues statement, RunQuery query)
        where TValues : IStoredValues<TValues>
    {
        if (query.Tenant is not { } tenant)
        {
            var before = query.Before?.Id.Value ?? Guid.AllBitsSet;
            var end = query.To is { } to ? Ids.FirstOf(to) : Guid.AllBitsSet;
            return statement
                .Set("before_id", before.CompareTo(end) < 0 ? before : end)
                .Set("since", Ids.FirstOf(query.From ?? DateTimeOffset.UnixEpoch));
        }

        var values = statement
            .Set("tenant", tenant.Value)
            .Set("before", query.Place.DueAt)
            .Set("before_id", query.Place.Id.Value)
            .Set("from", query.From ?? DateTimeOffset.UnixEpoch);
        values = query.IsOfReaching ? values.Set("to", query.To ?? DateTimeOffset.MaxValue) : values;
        return query.IsOfReaching || query.Schedule is not null ? values.Set("schedule", query.Schedule?.Value) : values;
    }

    // One number says which of up to 63 are wanted: both databases can look into it, and neither has arrays of the other's kind.
    private static long Bits(IEnumerable<int> wanted)
    {
        var bits = wanted.Aggregate(0L, (sum, one) => sum | 1L << one);
        return bits == 0 ? Every : bits;
    }
}
