using Escapement.Extensions;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Sqlite.Connections;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Scheduling;

/// <summary>Changes a schedule, inside the writer's transaction.</summary>
internal static class UpdateSchedule
{
    public static ScheduleChange Run(Database database, InstallScope scope, ScheduleId id, Func<Schedule, Schedule> change, ScheduleChangeLimits limits)
    {
        if (ChangeGate.Pass(database, scope, limits, out var installEnabled) is { } refused)
        {
            return refused;
        }

        if (ScheduleRow.Find(database, scope, id) is not { } current)
        {
            return ScheduleChange.NotFound;
        }

        var wanted = change(current);
        if (wanted.Name is { } name && ScheduleRow.Holder(database, scope, name) is { } holder && holder != id)
        {
            return ScheduleChange.NameTaken;
        }

        // Column by column: whatever else the function returned belongs to the firing path or never changes.
        var stored = current with
        {
            Name = wanted.Name,
            Endpoint = wanted.Endpoint,
            Cron = wanted.Cron,
            TimeZone = wanted.TimeZone,
            Enabled = wanted.Enabled,
            Payload = wanted.Payload,
            Policy = wanted.Policy,
            NextDueAt = installEnabled && wanted.Enabled ? wanted.NextDueAt : null,
            UpdatedAt = limits.Now,
            Revision = current.Revision + 1,
        };
        database.Sql("update_schedule")
            .Set("id", id.Value)
            .Set("next_due_at", stored.NextDueAt)
            .Set("enabled", stored.Enabled)
            .Set("cron", stored.Cron)
            .Set("time_zone", stored.TimeZone)
            .Set("method", stored.Endpoint.Method)
            .Set("path", stored.Endpoint.Path)
            .Set("name", stored.Name)
            .Set("policy", PolicyJson.Write(stored.Policy))
            .Set("updated_at", stored.UpdatedAt)
            .Set("revision", stored.Revision)
            .Set("payload", stored.Payload)
            .Run();
        return ScheduleChange.Done(stored);
    }
}
