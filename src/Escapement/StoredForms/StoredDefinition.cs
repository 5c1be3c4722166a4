using Escapement.Scheduling;

namespace Escapement.StoredForms;

/// <summary>A definition of a schedule, in the order in which <c>list_definitions</c> selects it, and what the statements that write one take.</summary>
internal static class StoredDefinition
{
    public static ScheduleDefinition Read<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct => new()
        {
            Cron = row.Text(0),
            TimeZone = row.Text(1),
            State = (DefinitionState)row.Int(2),
            Since = row.Time(3),
            Until = row.TimeOrNull(4),
            By = row.Text(5),
            Number = row.Int(6),
            Spread = TimeSpan.FromSeconds(row.Int(7)),
        };

    /// <summary>Sets what is written beside the schedule itself. What is gone is in force for no longer than the instant at which it went.</summary>
    public static TValues Write<TValues>(TValues statement, DefinitionState state, DateTimeOffset now, string by)
        where TValues : IStoredValues<TValues> => statement
        .Set("state", (long)state)
        .Set("now", now)
        .Set("until", state is DefinitionState.Deleted or DefinitionState.Uninstalled ? (DateTimeOffset?)now : null)
        .Set("by", by);
}
