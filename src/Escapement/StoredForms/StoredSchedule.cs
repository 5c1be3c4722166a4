using Escapement.Extensions;
using Escapement.Scheduling;

namespace Escapement.StoredForms;

/// <summary>A schedule as its columns, in the order in which <c>get_schedule</c> and its like select them.</summary>
internal static class StoredSchedule
{
    public static Schedule Read<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct => new()
        {
            Id = new ScheduleId(row.Id(0)),
            Scope = new InstallScope(TenantId.Parse(row.Text(1)), new InstallId(row.Id(2))),
            Name = row.TextOrNull(3),
            Endpoint = new EndpointKey(row.Text(4), row.Text(5)),
            Cron = row.Text(6),
            TimeZone = row.Text(7),
            Enabled = row.Bool(8),
            Payload = row.Utf8OrNull(9),
            Policy = PolicyJson.Read(row.TextOrNull(10)),
            NextDueAt = row.TimeOrNull(11),
            LastDueAt = row.TimeOrNull(12),
            ActiveRun = row.IdOrNull(13) is { } run ? new RunId(run) : null,
            LastRunAt = row.TimeOrNull(14),
            LastRunStatus = (LastRunStatus?)row.IntOrNull(15),
            LastError = row.TextOrNull(16),
            CreatedAt = row.Time(17),
            UpdatedAt = row.Time(18),
            Revision = row.Long(19),
        };
}
