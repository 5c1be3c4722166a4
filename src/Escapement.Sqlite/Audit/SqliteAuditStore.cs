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

    public ValueTask<IReadOnlyList<AuditEntry>> ListAsync(TenantId? tenant, InstallId? install, Guid? before, int limit, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<AuditEntry>>(
            db => (install is { } only ? db.Sql("list_install_audit").Set("install", only.Value) : db.Sql("list_audit"))
                .Set("tenant", tenant?.Value ?? "")
                .Set("before", before ?? Guid.AllBitsSet)
                .Set("limit", (long)limit)
                .List(StoredAuditEntry.Read),
            cancellationToken);
}
