using Escapement.Firing.Ending;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Sqlite.Connections;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Firing;

/// <summary>Writes the outcome of one attempt, inside the writer's transaction.</summary>
internal static class Completion
{
    /// <summary>False when the lease was no longer held; nothing is written then.</summary>
    public static bool Write(Database database, AttemptOutcome c)
    {
        var requeued = c.State == RunState.Queued && Requeue(database, c);
        if (!requeued && !Close(database, c))
        {
            return false;
        }

        if (c.StartedAt is { } startedAt && c.Reason != RunReason.NodeStopped)
        {
            database.Sql("complete_schedule")
                .Set("run", requeued ? null : c.Lease.Id.Value)
                .Set("last_run_at", startedAt)
                .Set("last_run_status", (long)(c.State == RunState.Succeeded ? LastRunStatus.Success : LastRunStatus.Error))
                .Set("last_error", c.State == RunState.Succeeded ? null : c.Error)
                .Set("id", c.Lease.Schedule.Value)
                .Set("tenant", c.Lease.Tenant.Value)
                .Run();
        }
        else if (!requeued)
        {
            database.Sql("complete_unstarted")
                .Set("id", c.Lease.Schedule.Value)
                .Set("tenant", c.Lease.Tenant.Value)
                .Set("run", c.Lease.Id.Value)
                .Run();
        }

        if (c.DisablesSchedule)
        {
            database.Sql("complete_disable")
                .Set("error", c.Error)
                .Set("id", c.Lease.Schedule.Value)
                .Set("tenant", c.Lease.Tenant.Value)
                .Run();
        }

        return true;
    }

    private static bool Requeue(Database database, AttemptOutcome c) =>
        Bind(database.Sql("complete_requeue"), c)
            .Set("retry_at", c.RetryAt ?? c.FinishedAt)
            .Set("stopped", c.Reason == RunReason.NodeStopped)
            .Set("ended_at", c.FinishedAt)
            .Set("reason", (long)c.Reason)
            .Run() > 0;

    private static bool Close(Database database, AttemptOutcome c)
    {
        var (state, reason) = c.State == RunState.Queued ? GivenUp(c.Reason) : (c.State, c.Reason);
        return Bind(database.Sql("complete_run"), c)
            .Set("state", (long)state)
            .Set("reason", (long)reason)
            .Set("finished_at", c.FinishedAt)
            .Run() > 0;
    }

    // An attempt was to be followed by another, but its schedule is gone: what is known of the attempt is the outcome.
    private static (RunState State, RunReason Reason) GivenUp(RunReason reason) => reason == RunReason.NodeStopped
        ? (RunState.Abandoned, RunReason.ScheduleDeleted)
        : (RunState.Failed, reason);

    private static Statement Bind(Statement statement, AttemptOutcome c) => statement
        .Set("id", c.Lease.Id.Value)
        .Set("tenant", c.Lease.Tenant.Value)
        .Set("token", c.Lease.Token)
        .Set("attempt", (long)c.Attempt)
        .Set("started_at", c.StartedAt)
        .Set("version", c.Version?.Value)
        .Set("status_code", (long?)c.StatusCode)
        .Set("error", c.Error)
        .Set("evidence", LedgerJson.Write(c.Evidence));
}
