using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Sqlite.Connections;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Scheduling;

/// <summary>Adds a schedule, inside the writer's transaction.</summary>
internal static class CreateSchedule
{
    public static ScheduleChange Run(Database database, Schedule schedule, ScheduleChangeLimits limits)
    {
        var gate = GateRow.Pass(database, schedule.Scope, limits);
        var (count, nameTaken) = Count(database, schedule);
        var change = ScheduleRules.Create(gate, schedule, count, nameTaken, limits);
        if (change.Schedule is { } stored)
        {
            Write(database, stored);
        }

        return change;
    }

    private static void Write(Database database, Schedule stored) =>
        database.Sql("create_schedule")
            .Set("id", stored.Id.Value)
            .Set("tenant", stored.Scope.Tenant.Value)
            .Set("install", stored.Scope.Install.Value)
            .Set("next_due_at", stored.NextDueAt)
            .Set("last_due_at", stored.LastDueAt)
            .Set("enabled", stored.Enabled)
            .Set("cron", stored.Cron)
            .Set("time_zone", stored.TimeZone)
            .Set("method", stored.Endpoint.Method)
            .Set("path", stored.Endpoint.Path)
            .Set("name", stored.Name)
            .Set("policy", PolicyJson.Write(stored.Policy))
            .Set("created_at", stored.CreatedAt)
            .Set("updated_at", stored.UpdatedAt)
            .Set("revision", stored.Revision)
            .Set("payload", stored.Payload)
            .Run();

    private static (int Count, bool NameTaken) Count(Database database, Schedule schedule)
    {
        using var rows = database.Sql("count_schedules").Set("install", schedule.Scope.Install.Value).Set("name", schedule.Name).Open();
        rows.Read();
        return (rows.Int(0), rows.Int(1) > 0);
    }
}
