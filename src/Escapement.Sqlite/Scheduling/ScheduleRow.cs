using Escapement.Extensions;
using Escapement.Scheduling;
using Escapement.Sqlite.Connections;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Scheduling;

/// <summary>Reads a schedule from the columns that <c>get_schedule.sql</c> and <c>list_schedules.sql</c> select.</summary>
internal static class ScheduleRow
{
    public static Schedule Read(in Rows rows) => new()
    {
        Id = new ScheduleId(rows.Id(0)),
        Scope = new InstallScope(TenantId.Parse(rows.Text(1)), new InstallId(rows.Id(2))),
        Name = rows.TextOrNull(3),
        Endpoint = new EndpointKey(rows.Text(4), rows.Text(5)),
        Cron = rows.Text(6),
        TimeZone = rows.Text(7),
        Enabled = rows.Bool(8),
        Payload = rows.TextOrNull(9),
        Policy = PolicyJson.Read(rows.TextOrNull(10)),
        NextDueAt = rows.TimeOrNull(11),
        LastDueAt = rows.TimeOrNull(12),
        ActiveRun = rows.IdOrNull(13) is { } run ? new RunId(run) : null,
        LastRunAt = rows.TimeOrNull(14),
        LastRunStatus = (LastRunStatus?)rows.IntOrNull(15),
        LastError = rows.TextOrNull(16),
        CreatedAt = rows.Time(17),
        UpdatedAt = rows.Time(18),
        Revision = rows.Long(19),
    };

    /// <summary>One schedule of one install, or null.</summary>
    public static Schedule? Find(Database database, InstallScope scope, ScheduleId id)
    {
        using var rows = database.Sql("get_schedule")
            .Set("id", id.Value)
            .Set("install", scope.Install.Value)
            .Set("tenant", scope.Tenant.Value)
            .Open();
        return rows.Read() ? Read(rows) : null;
    }

    /// <summary>All schedules of one install, oldest first.</summary>
    public static List<Schedule> List(Database database, InstallScope scope)
    {
        using var rows = database.Sql("list_schedules")
            .Set("install", scope.Install.Value)
            .Set("tenant", scope.Tenant.Value)
            .Open();
        var list = new List<Schedule>();
        while (rows.Read())
        {
            list.Add(Read(rows));
        }

        return list;
    }

    /// <summary>Who holds a name in an install, or null.</summary>
    public static ScheduleId? Holder(Database database, InstallScope scope, string name)
    {
        using var rows = database.Sql("find_schedule_name")
            .Set("install", scope.Install.Value)
            .Set("name", name)
            .Set("tenant", scope.Tenant.Value)
            .Open();
        return rows.Read() ? new ScheduleId(rows.Id(0)) : null;
    }
}
