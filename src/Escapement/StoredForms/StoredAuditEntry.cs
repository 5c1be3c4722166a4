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
            Changes = FieldChangesJson.Read(row.TextOrNull(11)),
            Undoes = row.IdOrNull(12),
        };

    /// <summary>The statement of a walk.</summary>
    public static string NameOf(AuditWalk walk) =>
        walk.OfAll ? "list_all_audit"
        : walk.Target is not null ? "list_target_audit"
        : walk.Install is not null ? "list_install_audit"
        : walk.NotDone ? "list_not_done_audit"
        : "list_audit";

    /// <summary>Sets what a walk says; on PostgreSQL there is the bucket besides, but for one of all.</summary>
    public static TValues WriteWalk<TValues>(TValues statement, AuditWalk walk, int limit)
        where TValues : IStoredValues<TValues>
    {
        var values = statement.Set("before", walk.Before).Set("since", walk.Since).Set("limit", (long)limit);
        if (walk.OfAll)
        {
            return values;
        }

        values = values.Set("tenant", walk.Tenant?.Value ?? "");
        return walk.Target is { } target ? values.Set("target", target) : walk.Install is { } install ? values.Set("install", install.Value) : values;
    }

    /// <summary>Sets the columns of an entry; on PostgreSQL there is the bucket besides.</summary>
    public static TValues Write<TValues>(TValues statement, AuditEntry entry)
        where TValues : IStoredValues<TValues> => WriteAlone(statement, entry)
        .Set("changes", FieldChangesJson.Write(entry.Changes))
        .Set("undoes", entry.Undoes);

    /// <summary>Sets the columns of an entry that no change carries, and that has no fields.</summary>
    public static TValues WriteAlone<TValues>(TValues statement, AuditEntry entry)
        where TValues : IStoredValues<TValues> => WriteDeed(statement, entry)
        .Set("tenant", entry.Tenant?.Value ?? "")
        .Set("install", entry.Install?.Value);

    /// <summary>Sets a large value of an entry; on PostgreSQL there is the bucket besides.</summary>
    public static TValues WriteValue<TValues>(TValues statement, AuditEntry entry, AuditValue value)
        where TValues : IStoredValues<TValues> => statement
        .Set("tenant", entry.Tenant!.Value.Value)
        .Set("install", entry.Install!.Value.Value)
        .Set("sha256", value.Sha256)
        .SetUtf8("content", value.Json)
        .Set("by_extension", entry.IsByExtension)
        .Set("now", entry.At);

    /// <summary>Sets what is left of an install's large values beside those of an entry; on PostgreSQL there is the bucket besides.</summary>
    public static TValues WriteTrim<TValues>(TValues statement, AuditEntry entry)
        where TValues : IStoredValues<TValues> => statement
        .Set("install", entry.Install!.Value.Value)
        .Set("by_extension", entry.IsByExtension)
        .Set("limit", (long)entry.MostKept)
        .Set("most", (long)entry.MostKept);

    /// <summary>Sets all columns but those that say whose it is.</summary>
    public static TValues WriteDeed<TValues>(TValues statement, AuditEntry entry)
        where TValues : IStoredValues<TValues> => statement
        .Set("id", entry.Id)
        .Set("at", entry.At)
        .Set("actor_kind", (long)entry.Actor.Kind)
        .Set("actor_id", entry.Actor.Id)
        .Set("action", entry.Action)
        .Set("target", entry.Target)
        .Set("outcome", (long)entry.Outcome)
        .Set("count", (long)entry.Count)
        .Set("detail", entry.Detail);
}
