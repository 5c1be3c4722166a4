using Escapement.Runs;

namespace Escapement.StoredForms;

/// <summary>A run of an occurrence, in the order in which <c>list_occurrence_runs</c> selects it.</summary>
internal static class StoredOccurrenceRun
{
    public static OccurrenceRun Read<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct => new(
            new RunId(row.Id(0)), RunAskJson.Read(row.TextOrNull(4))?.Occurrence ?? row.Time(1), (RunState)row.Int(2), row.Time(3));
}
