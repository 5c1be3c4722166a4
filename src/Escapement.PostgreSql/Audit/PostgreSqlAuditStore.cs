using Escapement.Audit;
using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Audit;

/// <inheritdoc/>
internal sealed class PostgreSqlAuditStore(Pool pool) : IAuditStore
{
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

    public ValueTask<IReadOnlyList<AuditEntry>> ListAsync(TenantId tenant, InstallId? install, Guid? before, int limit, CancellationToken cancellationToken) =>
        pool.ReadAsync<IReadOnlyList<AuditEntry>>(
            async (session, ct) =>
            {
                var statement = install is { } only ? session.Sql("list_install_audit").Set("install", only.Value) : session.Sql("list_audit");
                statement.Set("bucket", Bucket.Of(tenant)).Set("tenant", tenant.Value).Set("before", before ?? Guid.AllBitsSet).Set("limit", (long)limit);
                await using var rows = await session.OpenAsync(ct);
                return await rows.ListAsync(StoredAuditEntry.Read, ct);
            },
            cancellationToken);
}
