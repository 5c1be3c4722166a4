using Escapement.Firing.Ending;
using Escapement.Sqlite.Connections;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Firing;

/// <summary>Writes outcomes of attempts and what becomes of their runs, inside the writer's transaction.</summary>
internal static class Outcomes
{
    /// <summary>False when the lease was no longer held; nothing is written then.</summary>
    public static bool Record(Database database, AttemptOutcome outcome, TimeProvider time)
    {
        var staysOpen = false;
        if (!outcome.WantsAnother)
        {
            if (!Close(database, outcome))
            {
                return false;
            }
        }
        else if (Take(database, outcome) is var (run, hasSchedule))
        {
            var settled = SettledRun.Of(outcome, run, hasSchedule);
            staysOpen = settled.IsQueued;
            Write(database, settled);
        }
        else
        {
            return false;
        }

        Show(database, ScheduleMark.Of(outcome, staysOpen), time);
        return true;
    }

    /// <summary>Takes back runs whose lease ran out.</summary>
    public static RecoveredRuns Recover(Database database, RecoveryRequest request)
    {
        var recovered = new List<SettledRun>();
        foreach (var (run, hasInstall, hasSchedule) in Lost(database, request.Now))
        {
            var settled = LostRuns.Settle(run, request, hasInstall, hasSchedule);
            Write(database, settled);
            if (!settled.IsQueued)
            {
                database.Sql("recover_schedule")
                    .Set("run", run.Id.Value)
                    .Set("started_at", run.StartedAt)
                    .Set("finished_at", settled.At)
                    .Set("error", settled.Error)
                    .Set("id", run.Schedule.Value)
                    .Run();
            }

            recovered.Add(settled);
        }

        return RecoveredRuns.Of(recovered);
    }

    private static bool Close(Database database, AttemptOutcome outcome) => database.Sql("record_run")
        .Set("id", outcome.Lease.Id.Value)
        .Set("tenant", outcome.Lease.Tenant.Value)
        .Set("token", outcome.Lease.Token)
        .Set("attempt", (long)outcome.Attempt)
        .Set("state", (long)outcome.State)
        .Set("reason", (long)outcome.Reason)
        .Set("started_at", outcome.StartedAt)
        .Set("finished_at", outcome.FinishedAt)
        .Set("version", outcome.Version?.Value)
        .Set("status_code", (long?)outcome.StatusCode)
        .Set("error", outcome.Error)
        .Set("evidence", LedgerJson.Write(outcome.Evidence))
        .Run() > 0;

    // Null when its lease is not held any more.
    private static (RunningRun Run, bool HasSchedule)? Take(Database database, AttemptOutcome outcome)
    {
        using var rows = database.Sql("record_take")
            .Set("id", outcome.Lease.Id.Value)
            .Set("tenant", outcome.Lease.Tenant.Value)
            .Set("token", outcome.Lease.Token)
            .Set("attempt", (long)outcome.Attempt)
            .Open();
        return rows.Read() ? (StoredRunningRun.Read(rows), rows.Bool(16)) : null;
    }

    private static List<(RunningRun Run, bool HasInstall, bool HasSchedule)> Lost(Database database, DateTimeOffset now)
    {
        using var rows = database.Sql("recover_select").Set("now", now).Open();
        var list = new List<(RunningRun, bool, bool)>();
        while (rows.Read())
        {
            list.Add((StoredRunningRun.Read(rows), rows.Bool(17), rows.Bool(16)));
        }

        return list;
    }

    private static void Write(Database database, SettledRun settled) => Statement(database, settled)
        .Set("id", settled.Run.Id.Value)
        .Set("state", (long)settled.State)
        .Set("reason", (long)settled.Reason)
        .Set("at", settled.IsQueued ? settled.AvailableAt : settled.At)
        .Set("lost", (long)settled.LostAttempts)
        .Set("stopped", (long)settled.StoppedAttempts)
        .Set("started_at", settled.StartedAt)
        .Set("version", settled.Version?.Value)
        .Set("status_code", (long?)settled.StatusCode)
        .Set("error", settled.Error)
        .Set("earlier_attempts", LedgerJson.Write(settled.EarlierAttempts))
        .Set("evidence", LedgerJson.Write(settled.Evidence))
        .Run();

    private static Statement Statement(Database database, SettledRun settled) => settled.IsQueued
        ? database.Sql("record_requeue").Set("attempt", (long)settled.Run.Attempt)
        : database.Sql("record_taken");

    private static Statement Of(Database database, string statement, in ScheduleMark mark) =>
        database.Sql(statement).Set("id", mark.Schedule.Value).Set("tenant", mark.Tenant.Value);

    private static void Show(Database database, in ScheduleMark mark, TimeProvider time)
    {
        if (mark.Frees || mark.LastRunAt is not null)
        {
            if (mark.Frees && database.Sql("record_waits").Set("id", mark.Schedule.Value).Set("run", mark.Run.Value).Any())
            {
                database.Sql("record_wakes").Set("finished_at", mark.EndedAt).Set("id", mark.Schedule.Value).Run();
            }

            Of(database, "record_schedule", mark)
                .Set("run", mark.Frees ? mark.Run.Value : null)
                .Set("last_run_at", mark.LastRunAt)
                .Set("last_run_status", (long)mark.Status)
                .Set("last_error", mark.Error)
                .Run();
            if (mark.Failures.Before != mark.Failures.After)
            {
                Of(database, "record_failures", mark)
                    .Set("failures_before", (long)mark.Failures.Before)
                    .Set("failures", (long)mark.Failures.After)
                    .Run();
            }
        }

        if (mark.Pausing is { } pausing)
        {
            StoredSchedule.WritePause(database.Sql("pause_by_host"), mark.Schedule, pausing.Pause)
                .Set("failures", (long?)pausing.Failures)
                .Set("last_error", pausing.LastError)
                .Run();
            StoredAuditEntry.WriteDeed(database.Sql("audit_pause"), mark.AuditOf(pausing.Pause, time))
                .Set("schedule", mark.Schedule.Value)
                .Set("pause", KeptPauseJson.Write(pausing.Pause))
                .Run();
        }
    }
}
