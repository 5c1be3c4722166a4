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
            StoredSchedule.WriteNew(database.Sql("create_schedule"), stored).Run();
        }

        return change;
    }

    private static (int Count, bool NameTaken) Count(Database database, Schedule schedule)
    {
        using var rows = database.Sql("count_schedules").Set("install", schedule.Scope.Install.Value).Set("name", schedule.Name).Open();
        rows.Read();
        return (rows.Int(0), rows.Int(1) > 0);
    }
}
