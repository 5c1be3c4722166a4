using Escapement.Audit;
using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Audit;

/// <inheritdoc/>
internal sealed class PostgreSqlAuditStore(Pool pool) : IAuditStore
{
    public int PartOf(TenantId? tenant) => Bucket.Of(tenant);

    public async ValueTask AppendAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken) => await pool.WriteAsync(
        async (session, ct) =>
        {
            session.Begin();
            foreach (var group in entries.GroupBy(AuditRow.BucketOf).OrderBy(g => g.Key))
            {
                AuditRow.Append(session, group.Key, [.. group]);
            }

            return await session.Commit().RunAsync(ct);
        },
        cancellationToken);

    public ValueTask<IReadOnlyList<AuditEntry>> ListAsync(TenantId? tenant, InstallId? install, Guid? before, int limit, CancellationToken cancellationToken) =>
        pool.ListAsync(
            (install is { } only ? BatchStatement.Of("list_install_audit").Set("install", only.Value) : BatchStatement.Of("list_audit"))
                .Set("bucket", Bucket.Of(tenant))
                .Set("tenant", tenant?.Value ?? "")
                .Set("before", before ?? Guid.AllBitsSet)
                .Set("limit", (long)limit),
            StoredAuditEntry.Read,
            cancellationToken);
}
