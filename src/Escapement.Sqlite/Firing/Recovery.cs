using System.Globalization;
using Escapement.Firing.Ending;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Sqlite.Connections;

namespace Escapement.Sqlite.Firing;

/// <summary>Takes back runs whose lease ran out, inside the writer's transaction.</summary>
internal static class Recovery
{
    private const string Lost = "The node that ran it was lost";

    public static RecoveredRuns Run(Database database, DateTimeOffset now, int maxLostAttempts)
    {
        var queued = 0;
        var abandoned = 0;
        foreach (var run in Expired(database, now))
        {
            if (run is { HasSchedule: true } && run.LostAttempts + 1 < maxLostAttempts)
            {
                database.Sql("recover_requeue")
                    .Set("now", now)
                    .Set("reason", (long)RunReason.NodeLost)
                    .Set("error", Lost)
                    .Set("id", run.Id)
                    .Run();
                queued++;
            }
            else
            {
                Abandon(database, run, now);
                abandoned++;
            }
        }

        return new RecoveredRuns(queued, abandoned);
    }

    private static void Abandon(Database database, ExpiredRun run, DateTimeOffset now)
    {
        var reason = run switch
        {
            { HasInstall: false } => RunReason.InstallRemoved,
            { HasSchedule: false } => RunReason.ScheduleDeleted,
            _ => RunReason.NodeLost,
        };
        var error = string.Create(CultureInfo.InvariantCulture, $"{Lost}; attempts lost so: {run.LostAttempts + 1}");
        database.Sql("recover_abandon").Set("reason", (long)reason).Set("now", now).Set("error", error).Set("id", run.Id).Run();
        database.Sql("recover_schedule").Set("run", run.Id).Set("now", now).Set("error", error).Set("id", run.Schedule).Run();
    }

    private static List<ExpiredRun> Expired(Database database, DateTimeOffset now)
    {
        using var rows = database.Sql("recover_select").Set("now", now).Open();
        var list = new List<ExpiredRun>();
        while (rows.Read())
        {
            list.Add(new ExpiredRun(rows.Id(0), rows.Id(1), rows.Int(2), rows.Bool(3), rows.Bool(4)));
        }

        return list;
    }

    private readonly record struct ExpiredRun(Guid Id, Guid Schedule, int LostAttempts, bool HasSchedule, bool HasInstall);
}
