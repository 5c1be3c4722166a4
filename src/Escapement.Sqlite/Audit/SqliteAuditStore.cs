using Escapement.Audit;
using Escapement.Sqlite.Connections;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Audit;

/// <inheritdoc/>
internal sealed class SqliteAuditStore(WriteQueue writer, ReadPool reader) : IAuditStore
{
    public async ValueTask AppendAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken) =>
        await writer.WriteAsync(
            db =>
            {
                foreach (var entry in entries)
                {
                    AuditRow.AppendAlone(db, entry);
                }

                return entries.Count;
            },
            cancellationToken);

    public ValueTask<IReadOnlyList<AuditEntry>> ListAsync(AuditWalk walk, int limit, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<AuditEntry>>(
            db => StoredAuditEntry.WriteWalk(db.Sql(StoredAuditEntry.NameOf(walk)), walk, limit).List(StoredAuditEntry.Read), cancellationToken);

    public ValueTask<AuditEntry?> FindAsync(TenantId? tenant, Guid id, CancellationToken cancellationToken) =>
        reader.ReadAsync(
            db => db.Sql("find_audit").Set("tenant", tenant?.Value ?? "").Set("id", id).First(StoredAuditEntry.Read), cancellationToken);

    public ValueTask<IReadOnlyDictionary<string, string>> FindValuesAsync(
        InstallScope scope, IReadOnlyCollection<string> sha256, DateTimeOffset since, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyDictionary<string, string>>(db => Values(db, scope, sha256, since), cancellationToken);

    private static Dictionary<string, string> Values(Database database, InstallScope scope, IReadOnlyCollection<string> sha256, DateTimeOffset since)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var hash in sha256)
        {
            if (database.Sql("find_audit_value")
                .Set("install", scope.Install.Value)
                .Set("sha256", hash)
                .Set("tenant", scope.Tenant.Value)
                .Set("since", since)
                .First(r => r.Utf8OrNull(0)!) is { } value)
            {
                found[hash] = value;
            }
        }

        return found;
    }
}
