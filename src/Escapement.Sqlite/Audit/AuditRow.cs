using Escapement.Audit;
using Escapement.Sqlite.Connections;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Audit;

/// <summary>Writes audit entries, within the change that they tell of or by themselves.</summary>
internal static class AuditRow
{
    /// <summary>Adds the entry of a change to the change's own transaction.</summary>
    public static void Append(Database database, AuditEntry entry)
    {
        StoredAuditEntry.Write(database.Sql("append_audit"), entry).Run();
        var kept = 0;
        foreach (var value in entry.LargeValues)
        {
            kept += StoredAuditEntry.WriteValue(database.Sql("keep_audit_value"), entry, value).Run();
        }

        if (kept > 0)
        {
            StoredAuditEntry.WriteTrim(database.Sql("trim_audit_values"), entry).Run();
        }
    }

    /// <summary>Adds the entries of a change that happened; what changed nothing is no change and leaves none.</summary>
    public static bool AppendIf(Database database, bool happened, IReadOnlyList<AuditEntry> entries)
    {
        foreach (var entry in happened ? entries : [])
        {
            Append(database, entry);
        }

        return happened;
    }

    /// <summary>Adds an entry that no change carries; of one that is there only the count grows.</summary>
    public static void AppendAlone(Database database, AuditEntry entry) => StoredAuditEntry.WriteAlone(database.Sql("append_audits"), entry).Run();
}
