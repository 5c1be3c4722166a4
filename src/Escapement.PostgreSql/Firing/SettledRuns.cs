using Escapement.Firing.Ending;
using Escapement.PostgreSql.Connections;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Firing;

/// <summary>Runs that were under way and were settled by the core's rules: written where they belong.</summary>
internal static class SettledRuns
{
    /// <summary>Adds the statements to what is sent next, one for each kind.</summary>
    public static void Write(Session session, short bucket, IReadOnlyList<SettledRun> runs)
    {
        var (queued, closed) = (runs.Where(r => r.IsQueued).ToList(), runs.Where(r => !r.IsQueued).ToList());
        if (queued.Count > 0)
        {
            Set(session.Sql("record_requeue"), bucket, queued).Set("available", queued.Select(r => r.AvailableAt));
        }

        if (closed.Count > 0)
        {
            Set(session.Sql("record_taken"), bucket, closed)
                .Set("states", closed.Select(r => (int)r.State))
                .Set("finished", closed.Select(r => r.At));
        }
    }

    private static BatchStatement Set(BatchStatement statement, short bucket, List<SettledRun> runs) => statement
        .Set("bucket", bucket)
        .Set("ids", runs.Select(r => r.Run.Id.Value))
        .Set("tenants", runs.Select(r => r.Run.Scope.Tenant.Value))
        .Set("installs", runs.Select(r => r.Run.Scope.Install.Value))
        .Set("schedules", runs.Select(r => r.Run.Schedule.Value))
        .Set("dues", runs.Select(r => r.Run.DueAt))
        .Set("triggers", runs.Select(r => (int)r.Run.Trigger))
        .Set("reasons", runs.Select(r => (int)r.Reason))
        .Set("attempts", runs.Select(r => r.Run.Attempt))
        .Set("lost", runs.Select(r => r.LostAttempts))
        .Set("stopped", runs.Select(r => r.StoppedAttempts))
        .Set("created", runs.Select(r => r.Run.CreatedAt))
        .Set("started", runs.Select(r => r.StartedAt))
        .Set("versions", runs.Select(r => r.Version?.Value))
        .Set("status_codes", runs.Select(r => r.StatusCode))
        .Set("nodes", runs.Select(r => r.Run.Node))
        .Set("asks", runs.Select(r => RunAskJson.Write(r.Run.Asked)))
        .Set("errors", runs.Select(r => r.Error))
        .Set("earlier_attempts", runs.Select(r => LedgerJson.Write(r.EarlierAttempts)))
        .Set("evidences", runs.Select(r => LedgerJson.Write(r.Evidence)))
        .Set("payload_revisions", runs.Select(r => r.Run.PayloadRevision));
}
