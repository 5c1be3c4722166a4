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
        if (ChangeGate.Pass(database, schedule.Scope, limits, out var installEnabled) is { } refused)
        {
            return refused;
        }

        if (schedule.Name is { } name && ScheduleRow.Holder(database, schedule.Scope, name) is not null)
        {
            return ScheduleChange.NameTaken;
        }

        if (Count(database, schedule.Scope.Install) >= limits.MaxSchedules)
        {
            return ScheduleChange.QuotaExceeded(limits.MaxSchedules);
        }

        var stored = schedule with { NextDueAt = installEnabled && schedule.Enabled ? schedule.NextDueAt : null };
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
        return ScheduleChange.Done(stored);
    }

    private static int Count(Database database, InstallId install)
    {
        using var rows = database.Sql("count_schedules").Set("install", install.Value).Open();
        return rows.Read() ? rows.Int(0) : 0;
    }
}
