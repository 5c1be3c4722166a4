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
        var gate = GateRow.Pass(database, scope, limits);
        var current = ScheduleRow.Find(database, scope, id);
        if (ScheduleRules.Refusal(gate, current) is { } refused)
        {
            return refused;
        }

        var wanted = change(current!);
        var nameTaken = ScheduleRules.AsksForName(current!, wanted) && ScheduleRow.Holder(database, scope, wanted.Name!) is not null;
        var outcome = ScheduleRules.Update(gate, current!, wanted, nameTaken, limits);
        if (outcome.Schedule is { } stored)
        {
            Write(database, stored);
        }

        return outcome;
    }

    private static void Write(Database database, Schedule stored) =>
        database.Sql("update_schedule")
            .Set("id", stored.Id.Value)
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
}
