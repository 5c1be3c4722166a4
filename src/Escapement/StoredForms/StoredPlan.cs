using Escapement.Forecasting;

namespace Escapement.StoredForms;

/// <summary>What of a schedule decides when it will start, in the order in which <c>read_planned</c> selects it.</summary>
internal static class StoredPlan
{
    public static PlannedSchedule Read<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct => new()
    {
        Id = new ScheduleId(row.Id(0)),
        Scope = new InstallScope(TenantId.Parse(row.Text(1)), new InstallId(row.Id(2))),
        Name = row.TextOrNull(3),
        Cron = row.Text(4),
        TimeZone = row.Text(5),
        Policy = PolicyJson.Read(row.TextOrNull(6)),
        Pause = KeptPauseJson.Read(row.TextOrNull(7)),
        Skips = KeptSkipsJson.Read(row.TextOrNull(8)),
    };
}
