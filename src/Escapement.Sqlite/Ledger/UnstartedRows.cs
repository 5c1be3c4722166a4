using Escapement.Runs;
using Escapement.Sqlite.Connections;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Ledger;

/// <summary>Writes what did not start into the ledger, inside the writer's transaction.</summary>
internal static class UnstartedRows
{
    public static void Add(Database database, IReadOnlyList<UnstartedOccurrence> rows, DateTimeOffset now)
    {
        foreach (var row in rows)
        {
            database.Sql("record_unstarted")
                .Set("id", row.Id)
                .Set("tenant", row.Scope.Tenant.Value)
                .Set("install", row.Scope.Install.Value)
                .Set("schedule", row.Schedule.Value)
                .Set("due_at", row.DueAt)
                .Set("state", (long)row.State)
                .Set("reason", (long)row.Reason)
                .Set("now", now)
                .Set("missed_count", (long?)row.Range?.Count)
                .Set("missed_from", row.Range?.From)
                .Set("missed_to", row.Range?.To)
                .Set("error", row.Error)
                .Set("pause", KeptPauseJson.Write(row.Pause))
                .Set("asked", RunAskJson.Write(row.Asked))
                .Run();
        }
    }
}
