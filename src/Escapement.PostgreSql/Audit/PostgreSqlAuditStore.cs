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

    public ValueTask<IReadOnlyList<AuditEntry>> ListAsync(AuditWalk walk, int limit, CancellationToken cancellationToken)
    {
        var statement = StoredAuditEntry.WriteWalk(BatchStatement.Of(StoredAuditEntry.NameOf(walk)), walk, limit);
        return pool.ListAsync(walk.OfAll ? statement : statement.Set("bucket", Bucket.Of(walk.Tenant)), StoredAuditEntry.Read, cancellationToken);
    }

    public ValueTask<AuditEntry?> FindAsync(TenantId? tenant, Guid id, CancellationToken cancellationToken) => pool.FirstAsync(
        BatchStatement.Of("find_audit").Set("bucket", Bucket.Of(tenant)).Set("tenant", tenant?.Value ?? "").Set("id", id),
        StoredAuditEntry.Read,
        cancellationToken);

    public async ValueTask<IReadOnlyDictionary<string, string>> FindValuesAsync(
        InstallScope scope, IReadOnlyCollection<string> sha256, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var hash in sha256)
        {
            var one = BatchStatement.Of("find_audit_value")
                .Set("bucket", Bucket.Of(scope.Tenant))
                .Set("install", scope.Install.Value)
                .Set("sha256", hash)
                .Set("tenant", scope.Tenant.Value)
                .Set("since", since);
            if (await pool.FirstAsync(one, r => r.Utf8OrNull(0)!, cancellationToken) is { } value)
            {
                found[hash] = value;
            }
        }

        return found;
    }
}
