using Escapement.Audit;
using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Audit;

/// <summary>Writes audit entries, within the change that they tell of or by themselves.</summary>
internal static class AuditRow
{
    /// <summary>Adds the entry of a change to the change's own transaction.</summary>
    public static void Append(Session session, AuditEntry entry)
    {
        var bucket = BucketOf(entry);
        StoredAuditEntry.Write(session.Sql("append_audit"), entry).Set("bucket", bucket);
        var kept = 0;
        foreach (var value in entry.LargeValues)
        {
            StoredAuditEntry.WriteValue(session.Sql("keep_audit_value"), entry, value).Set("bucket", bucket);
            kept++;
        }

        if (kept > 0)
        {
            StoredAuditEntry.WriteTrim(session.Sql("trim_audit_values"), entry).Set("bucket", bucket);
        }
    }

    /// <summary>Adds the entries of a change to the change's own transaction.</summary>
    public static void Append(Session session, IReadOnlyList<AuditEntry> entries)
    {
        foreach (var entry in entries)
        {
            Append(session, entry);
        }
    }

    /// <summary>Adds entries of one bucket.</summary>
    public static void Append(Session session, short bucket, IReadOnlyList<AuditEntry> entries) => session.Sql("append_audits")
        .Set("bucket", bucket)
        .Set("tenants", entries.Select(e => e.Tenant?.Value ?? ""))
        .Set("ids", entries.Select(e => e.Id))
        .Set("ats", entries.Select(e => e.At))
        .Set("installs", entries.Select(e => e.Install?.Value))
        .Set("actor_kinds", entries.Select(e => (int)e.Actor.Kind))
        .Set("actor_ids", entries.Select(e => e.Actor.Id))
        .Set("actions", entries.Select(e => e.Action))
        .Set("targets", entries.Select(e => e.Target))
        .Set("outcomes", entries.Select(e => (int)e.Outcome))
        .Set("counts", entries.Select(e => e.Count))
        .Set("details", entries.Select(e => e.Detail));

    public static short BucketOf(AuditEntry entry) => Bucket.Of(entry.Tenant);
}
