using Escapement.Scheduling;
using Escapement.Sqlite.Connections;
using Escapement.Sqlite.Ledger;
using Escapement.Sqlite.Listing;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Scheduling;

/// <summary>Adds a schedule, inside the writer's transaction.</summary>
internal static class CreateSchedule
{
    public static ScheduleChange Run(Database database, Schedule schedule, ScheduleChangeLimits limits, string by)
    {
        var gate = GateRow.Pass(database, schedule.Scope, limits);
        var change = ScheduleRules.Create(gate, schedule, Look(database, schedule), limits);
        if (change.Schedule is { } stored)
        {
            StoredSchedule.WriteNew(database.Sql("create_schedule"), stored).Run();
            DefinitionRow.Add(database, stored.Id, stored.Policy.Spread, ScheduleDefinitions.StateOf(stored, gate.InstallEnabled), limits.Now, by);
            ScheduleTextRow.Add(database, stored);
        }

        return change;
    }

    /// <summary>What a schedule would meet in its install.</summary>
    public static FoundForCreate Look(Database database, Schedule schedule)
    {
        var endpoint = ScheduleRow.HasEndpoint(database, schedule);
        using var rows = database.Sql("count_schedules").Set("install", schedule.Scope.Install.Value).Set("name", schedule.Name).Open();
        rows.Read();
        return new FoundForCreate(rows.Int(0), rows.Int(1) > 0, endpoint);
    }
}
