using Escapement.Runs;

namespace Escapement.StoredForms;

/// <summary>What the ledger has of a backfill, as <c>find_last_backfill</c> and <c>sum_backfill</c> select it.</summary>
internal static class StoredBackfillRuns
{
    public static RunAsk ReadAsk<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct => RunAskJson.Read(row.Text(0))!;

    public static (RunState State, int Count, DateTimeOffset First, DateTimeOffset? Last) ReadCount<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct => ((RunState)row.Int(0), (int)row.Long(1), row.Time(2), row.TimeOrNull(3));
}
