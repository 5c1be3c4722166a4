using Escapement.Audit;
using Escapement.Sqlite.Connections;

namespace Escapement.Sqlite.Audit;

/// <summary>Writes audit entries, within the change that they tell of or by themselves.</summary>
internal static class AuditRow
{
    /// <summary>Adds the entry of a change to the change's own transaction.</summary>
    public static void Append(Database database, AuditEntry entry) => Write(database.Sql("append_audit"), entry);

    /// <summary>Adds an entry that no change carries; of one that is there only the count grows.</summary>
    public static void AppendAlone(Database database, AuditEntry entry) => Write(database.Sql("append_audits"), entry);

    private static void Write(Statement statement, AuditEntry entry) => statement
        .Set("tenant", entry.Tenant?.Value ?? "")
        .Set("id", entry.Id)
        .Set("at", entry.At)
        .Set("install", entry.Install?.Value)
        .Set("actor_kind", (long)entry.Actor.Kind)
        .Set("actor_id", entry.Actor.Id)
        .Set("action", entry.Action)
        .Set("target", entry.Target)
        .Set("outcome", (long)entry.Outcome)
        .Set("count", (long)entry.Count)
        .Set("detail", entry.Detail)
        .Run();
}
