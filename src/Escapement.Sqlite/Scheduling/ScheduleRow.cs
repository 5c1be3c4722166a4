using Escapement.Scheduling;
using Escapement.Sqlite.Connections;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Scheduling;

/// <summary>Reads schedules.</summary>
internal static class ScheduleRow
{
    /// <summary>One schedule of one install, or null.</summary>
    public static Schedule? Find(Database database, InstallScope scope, ScheduleId id) => database.Sql("get_schedule")
        .Set("id", id.Value)
        .Set("install", scope.Install.Value)
        .Set("tenant", scope.Tenant.Value)
        .First(StoredSchedule.Read);

    /// <summary>All schedules of one install, oldest first.</summary>
    public static List<Schedule> List(Database database, InstallScope scope) => database.Sql("list_schedules")
        .Set("install", scope.Install.Value)
        .Set("tenant", scope.Tenant.Value)
        .List(StoredSchedule.Read);

    /// <summary>Whether the installed version has a schedule's endpoint.</summary>
    public static bool HasEndpoint(Database database, Schedule schedule)
    {
        using var rows = database.Sql("find_endpoint")
            .Set("install", schedule.Scope.Install.Value)
            .Set("path", schedule.Endpoint.Path)
            .Set("method", schedule.Endpoint.Method)
            .Open();
        return rows.Read();
    }

    /// <summary>The runs of an install that are under way, by their schedules.</summary>
    public static Dictionary<ScheduleId, RunId?> Running(Database database, InstallScope scope) => database.Sql("hold_running")
        .Set("install", scope.Install.Value)
        .List(rows => (Schedule: new ScheduleId(rows.Id(0)), Run: (RunId?)new RunId(rows.Id(1))))
        .DistinctBy(r => r.Schedule)
        .ToDictionary(r => r.Schedule, r => r.Run);

    /// <summary>The run of a schedule that is under way, or null.</summary>
    public static RunId? RunningOf(Database database, InstallScope scope, ScheduleId id)
    {
        using var rows = database.Sql("hold_running_one").Set("install", scope.Install.Value).Set("schedule", id.Value).Open();
        return rows.Read() ? new RunId(rows.Id(0)) : null;
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
