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
        var nameTaken = schedule.Name is { } name && ScheduleRow.Holder(database, schedule.Scope, name) is not null;
        var change = ScheduleRules.Create(gate, schedule, Count(database, schedule.Scope.Install), nameTaken, limits);
        if (change.Schedule is { } stored)
        {
            StoredSchedule.WriteNew(database.Sql("create_schedule"), stored).Run();
        }

        return change;
    }

    private static int Count(Database database, InstallId install)
    {
        using var rows = database.Sql("count_schedules").Set("install", install.Value).Open();
        return rows.Read() ? rows.Int(0) : 0;
    }
}
