using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Sqlite.Connections;
using Escapement.Sqlite.Ledger;
using Escapement.Sqlite.Pausing;

namespace Escapement.Sqlite.Scheduling;

/// <summary>Removes a schedule, inside the writer's transaction.</summary>
internal static class DeleteSchedule
{
    public static ScheduleChange Run(Database database, InstallScope scope, ScheduleId id, ScheduleChangeLimits limits, TimeProvider time)
    {
        var gate = GateRow.Pass(database, scope, limits);
        var current = ScheduleRow.Find(database, scope, id);
        if (ScheduleRules.Refusal(gate, current) is { } refused)
        {
            return refused;
        }

        if (current!.ActiveRun is { } run)
        {
            database.Sql("abandon_queued")
                .Set("id", run.Value)
                .Set("reason", (long)RunReason.ScheduleDeleted)
                .Set("now", limits.Now)
                .Run();
        }

        UnstartedRows.Add(database, GivenUp.With(current, PauseRows.Over(database, scope), RunReason.ScheduleDeleted, limits.Now, time), limits.Now);
        database.Sql("delete_schedule").Set("id", id.Value).Run();
        return ScheduleChange.Done(current);
    }
}
