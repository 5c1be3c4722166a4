using Escapement.Audit;

namespace Escapement.StoredForms;

/// <summary>An audit entry as its columns, in the order in which <c>list_audit</c> and its like select them.</summary>
internal static class StoredAuditEntry
{
    public static AuditEntry Read<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct => new()
        {
            Id = row.Id(0),
            Tenant = row.Text(1) is { Length: > 0 } tenant ? TenantId.Parse(tenant) : null,
            At = row.Time(2),
            Install = row.IdOrNull(3) is { } install ? new InstallId(install) : null,
            Actor = new Actor((ActorKind)row.Int(4), row.Text(5)),
            Action = row.Text(6),
            Target = row.TextOrNull(7),
            Outcome = (AuditOutcome)row.Int(8),
            Detail = row.TextOrNull(9),
            Count = row.Int(10),
        };
}
