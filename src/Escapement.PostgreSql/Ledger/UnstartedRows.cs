using Escapement.PostgreSql.Connections;
using Escapement.Runs;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Ledger;

/// <summary>Writes what did not start into the ledger: all rows of one bucket with one statement, added to what is sent next.</summary>
internal static class UnstartedRows
{
    public static void Add(Session session, short bucket, IReadOnlyList<UnstartedOccurrence> rows, DateTimeOffset now)
    {
        if (rows.Count > 0)
        {
            session.Sql("record_unstarted")
                .Set("bucket", bucket)
                .Set("now", now)
                .Set("ids", rows.Select(r => r.Id))
                .Set("tenants", rows.Select(r => r.Scope.Tenant.Value))
                .Set("installs", rows.Select(r => r.Scope.Install.Value))
                .Set("schedules", rows.Select(r => r.Schedule.Value))
                .Set("dues", rows.Select(r => r.DueAt))
                .Set("states", rows.Select(r => (int)r.State))
                .Set("reasons", rows.Select(r => (int)r.Reason))
                .Set("missed_counts", rows.Select(r => r.Range?.Count))
                .Set("missed_froms", rows.Select(r => r.Range?.From))
                .Set("missed_tos", rows.Select(r => r.Range?.To))
                .Set("errors", rows.Select(r => r.Error))
                .Set("pauses", rows.Select(r => KeptPauseJson.Write(r.Pause)))
                .Set("asks", rows.Select(r => RunAskJson.Write(r.Asked)));
        }
    }
}
