using Escapement.Audit;
using Escapement.Sqlite.Connections;

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
                    AuditRow.Append(db, entry);
                }

                return entries.Count;
            },
            cancellationToken);

    public ValueTask<IReadOnlyList<AuditEntry>> ListAsync(TenantId tenant, InstallId? install, Guid? before, int limit, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<AuditEntry>>(
            db =>
            {
                var statement = install is { } only
                    ? db.Sql("list_install_audit").Set("install", only.Value)
                    : db.Sql("list_audit");
                using var rows = statement
                    .Set("tenant", tenant.Value)
                    .Set("before", before ?? Guid.AllBitsSet)
                    .Set("limit", (long)limit)
                    .Open();
                var list = new List<AuditEntry>();
                while (rows.Read())
                {
                    list.Add(AuditRow.Read(rows));
                }

                return list;
            },
            cancellationToken);
}
