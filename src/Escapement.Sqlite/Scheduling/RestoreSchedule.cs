using Escapement.Scheduling;
using Escapement.Sqlite.Connections;
using Escapement.Sqlite.Ledger;
using Escapement.Sqlite.Listing;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Scheduling;

/// <summary>Brings back a schedule that was deleted, inside the writer's transaction.</summary>
internal static class RestoreSchedule
{
    public static ScheduleChange Run(
        Database database,
        InstallScope scope,
        ScheduleId id,
        DateTimeOffset since,
        Func<Schedule, Schedule> change,
        ScheduleChangeLimits limits,
        string by)
    {
        var (outcome, gate) = Look(database, scope, id, since, change, limits);
        if (outcome.Schedule is { } stored)
        {
            StoredRemovedSchedule.Write(database.Sql("restore_schedule"), stored).Run();
            DefinitionRow.Add(database, id, stored.Policy.Spread, ScheduleDefinitions.StateOf(stored, gate.InstallEnabled), limits.Now, by);
            ScheduleTextRow.Add(database, stored);
            database.Sql("delete_removed_schedule").Set("id", id.Value).Run();
        }

        return outcome;
    }

    /// <summary>What would come of it, and the install's gate.</summary>
    public static (ScheduleChange Outcome, ChangeGate Gate) Look(
        Database database, InstallScope scope, ScheduleId id, DateTimeOffset since, Func<Schedule, Schedule> change, ScheduleChangeLimits limits)
    {
        var gate = GateRow.PassFree(database, scope);
        var kept = Find(database, scope, id, since);
        if (ScheduleRules.Refusal(gate, kept, limits) is { } refused)
        {
            return (refused, gate);
        }

        var wanted = change(kept! with { ActiveRun = ScheduleRow.RunningOf(database, scope, id) });
        return (ScheduleRules.Create(gate, wanted, CreateSchedule.Look(database, wanted), limits), gate);
    }

    /// <summary>What is kept of a schedule, or null.</summary>
    public static Schedule? Find(Database database, InstallScope scope, ScheduleId id, DateTimeOffset since) => database.Sql("hold_removed_schedule")
        .Set("id", id.Value)
        .Set("install", scope.Install.Value)
        .Set("tenant", scope.Tenant.Value)
        .Set("with_install", false)
        .Set("since", since)
        .First(StoredSchedule.Read);
}
