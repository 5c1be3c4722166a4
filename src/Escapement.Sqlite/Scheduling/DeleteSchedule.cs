using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Sqlite.Connections;

namespace Escapement.Sqlite.Scheduling;

/// <summary>Removes a schedule, inside the writer's transaction.</summary>
internal static class DeleteSchedule
{
    public static ScheduleChange Run(Database database, InstallScope scope, ScheduleId id, ScheduleChangeLimits limits)
    {
        if (ChangeGate.Pass(database, scope, limits, out _) is { } refused)
        {
            return refused;
        }

        if (ScheduleRow.Find(database, scope, id) is not { } current)
        {
            return ScheduleChange.NotFound;
        }

        if (current.ActiveRun is { } run)
        {
            database.Sql("abandon_queued")
                .Set("id", run.Value)
                .Set("reason", (long)RunReason.ScheduleDeleted)
                .Set("now", limits.Now)
                .Run();
        }

        database.Sql("delete_schedule").Set("id", id.Value).Run();
        return ScheduleChange.Done(current);
    }
}
