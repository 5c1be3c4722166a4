using Escapement.Audit;
using Escapement.Sqlite.Connections;

namespace Escapement.Sqlite.Audit;

/// <summary>Writes an audit entry, within the change that it tells of.</summary>
internal static class AuditRow
{
    public static void Append(Database database, AuditEntry entry) => database.Sql("append_audit")
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
