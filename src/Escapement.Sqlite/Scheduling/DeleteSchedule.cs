using Escapement.Audit;
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
        Database database, InstallScope scope, ScheduleId id, ScheduleChangeLimits limits, Actor by, TimeProvider time)
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

        DefinitionRow.Add(database, id, TimeSpan.Zero, DefinitionState.Deleted, limits.Now, by.Id);
        ScheduleTextRow.Remove(database, id);
        database.Sql("delete_schedule").Set("id", id.Value).Run();
        return ScheduleChange.Deleted(current, limits.Now);
    }

    private static void Keep(Database database, Schedule schedule, ScheduleChangeLimits limits, Actor by)
    {
        StoredSchedule.WriteNext(database.Sql("set_next_due"), ScheduleRules.Close(schedule, schedule, limits.Now)).Run();
        database.Sql("keep_removed_schedule")
            .Set("now", limits.Now)
            .Set("by", by.Id)
            .Set("by_extension", by.Kind == ActorKind.Extension)
            .Set("with_install", false)
            .Set("id", schedule.Id.Value)
            .Run();

        // What admins delete is kept for its time, however much an extension deletes.
        if (by.Kind == ActorKind.Extension)
        {
            database.Sql("trim_removed_schedules")
                .Set("install", schedule.Scope.Install.Value)
                .Set("limit", (long)limits.KeptDeleted)
                .Set("most", (long)limits.KeptDeleted)
                .Run();
        }
    }
}
