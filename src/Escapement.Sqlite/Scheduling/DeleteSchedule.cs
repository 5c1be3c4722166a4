using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Sqlite.Connections;
using Escapement.Sqlite.Ledger;
using Escapement.Sqlite.Listing;
using Escapement.Sqlite.Pausing;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Scheduling;

/// <summary>Removes a schedule, inside the writer's transaction.</summary>
internal static class DeleteSchedule
{
    public static ScheduleChange Run(
        Database database, InstallScope scope, ScheduleId id, ScheduleChangeLimits limits, string by, TimeProvider time)
    {
        var gate = GateRow.Pass(database, scope, limits);
        var current = ScheduleRow.Find(database, scope, id);
        if (ScheduleRules.Refusal(gate, current, limits) is { } refused)
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
        if (limits.KeptDeleted > 0)
        {
            Keep(database, current, limits, by);
        }

        DefinitionRow.Add(database, id, TimeSpan.Zero, DefinitionState.Deleted, limits.Now, by);
        ScheduleTextRow.Remove(database, id);
        database.Sql("delete_schedule").Set("id", id.Value).Run();
        return ScheduleChange.Deleted(current, limits.Now);
    }

    private static void Keep(Database database, Schedule schedule, ScheduleChangeLimits limits, string by)
    {
        StoredSchedule.WriteNext(database.Sql("set_next_due"), ScheduleRules.Close(schedule, schedule, limits.Now)).Run();
        database.Sql("keep_removed_schedule")
            .Set("now", limits.Now)
            .Set("by", by)
            .Set("with_install", false)
            .Set("id", schedule.Id.Value)
            .Run();
        database.Sql("trim_removed_schedules")
            .Set("install", schedule.Scope.Install.Value)
            .Set("with_install", false)
            .Set("limit", (long)limits.KeptDeleted)
            .Set("most", (long)limits.KeptDeleted)
            .Run();
    }
}
