using Escapement.PostgreSql.Connections;
using Escapement.Runs;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Firing;

/// <summary>Writes what became of runs that were under way, one statement for each kind.</summary>
internal static class EndedRuns
{
    /// <summary>Adds the statements to what is sent next.</summary>
    public static void Write(Session session, short bucket, IReadOnlyList<EndedRun> runs)
    {
        var (queued, closed) = (runs.Where(r => r.State == RunState.Queued).ToList(), runs.Where(r => r.State != RunState.Queued).ToList());
        if (queued.Count > 0)
        {
            Set(session.Sql("complete_requeue"), bucket, queued).Set("available", queued.Select(r => r.AvailableAt ?? r.At));
        }

        if (closed.Count > 0)
        {
            Set(session.Sql("complete_taken"), bucket, closed)
                .Set("states", closed.Select(r => (int)r.State))
                .Set("reasons", closed.Select(r => (int)r.Reason))
                .Set("finished", closed.Select(r => r.At));
        }
    }

    private static BatchStatement Set(BatchStatement statement, short bucket, List<EndedRun> runs) => statement
        .Set("bucket", bucket)
        .Set("ids", runs.Select(r => r.Run.Id))
        .Set("tenants", runs.Select(r => r.Run.Tenant))
        .Set("installs", runs.Select(r => r.Run.Install))
        .Set("schedules", runs.Select(r => r.Run.Schedule))
        .Set("dues", runs.Select(r => r.Run.DueAt))
        .Set("triggers", runs.Select(r => r.Run.Trigger))
        .Set("attempts", runs.Select(r => r.Run.Attempt))
        .Set("lost", runs.Select(r => r.Run.LostAttempts + r.Lost))
        .Set("stopped", runs.Select(r => r.Run.StoppedAttempts + r.Stopped))
        .Set("created", runs.Select(r => r.Run.CreatedAt))
        .Set("started", runs.Select(r => r.StartedAt))
        .Set("versions", runs.Select(r => r.Version?.Value))
        .Set("status_codes", runs.Select(r => r.StatusCode))
        .Set("nodes", runs.Select(r => r.Run.Node))
        .Set("requesters", runs.Select(r => r.Run.RequestedBy))
        .Set("errors", runs.Select(r => r.Error))
        .Set("earlier_attempts", runs.Select(r => r.EarlierAttempts))
        .Set("evidences", runs.Select(r => LedgerJson.Write(r.Evidence)));
}
