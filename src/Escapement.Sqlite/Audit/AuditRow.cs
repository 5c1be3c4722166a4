using Escapement.Audit;
using Escapement.Installs;
using Escapement.Sqlite.Connections;

namespace Escapement.Sqlite.Audit;

/// <summary>Writes and reads audit entries.</summary>
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
        .Set("detail", entry.Detail)
        .Run();

    public static AuditEntry Read(in Rows rows) => new()
    {
        Id = rows.Id(0),
        Tenant = rows.Text(1) is { Length: > 0 } tenant ? TenantId.Parse(tenant) : null,
        At = rows.Time(2),
        Install = rows.IdOrNull(3) is { } install ? new InstallId(install) : null,
        Actor = new Actor((ActorKind)rows.Int(4), rows.Text(5)),
        Action = rows.Text(6),
        Target = rows.TextOrNull(7),
        Outcome = (AuditOutcome)rows.Int(8),
        Detail = rows.TextOrNull(9),
    };
}
