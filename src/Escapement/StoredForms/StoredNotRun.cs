using Escapement.Runs;
using Escapement.Why;

namespace Escapement.StoredForms;

/// <summary>What did not run, and what made up for it since, as <c>list_not_run</c> and <c>list_made_up</c> are asked.</summary>
internal static class StoredNotRun
{
    /// <summary>The statement for a tenant, or for all.</summary>
    public static string NameOf(TenantId? tenant) => tenant is null ? "list_all_not_run" : "list_not_run";

    public static TValues Write<TValues>(TValues statement, TenantId? tenant, DateTimeOffset from, RunCursor before, int limit)
        where TValues : IStoredValues<TValues> =>
        Write(statement, tenant, from, limit).Set("before", before.DueAt).Set("before_id", before.Id.Value);

    public static TValues Write<TValues>(TValues statement, TenantId? tenant, DateTimeOffset from, int limit)
        where TValues : IStoredValues<TValues>
    {
        var values = statement.Set("from", from).Set("limit", (long)limit);
        return tenant is { } one ? values.Set("tenant", one.Value) : values;
    }

    public static MadeUpOccurrence ReadMadeUp<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct => new(new ScheduleId(row.Id(0)), RunAskJson.Read(row.Text(1))!.Occurrence!.Value);
}
