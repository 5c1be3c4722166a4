using Escapement.Listing;
using Escapement.PostgreSql.Connections;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Listing;

/// <inheritdoc/>
internal sealed class PostgreSqlTenantListStore(Pool pool) : ITenantListStore
{
    public ValueTask<IReadOnlyList<TenantCounts>> ListAsync(string after, int limit, CancellationToken cancellationToken) =>
        pool.ListAsync(BatchStatement.Of("list_tenants").Set("after", after).Set("limit", (long)limit), StoredTenantCounts.Read, cancellationToken);
}
