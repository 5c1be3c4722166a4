using Escapement.Listing;
using Escapement.Sqlite.Connections;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Listing;

/// <inheritdoc/>
internal sealed class SqliteTenantListStore(ReadPool reader) : ITenantListStore
{
    public ValueTask<IReadOnlyList<TenantCounts>> ListAsync(string after, int limit, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<TenantCounts>>(
            db => db.Sql("list_tenants").Set("after", after).Set("limit", (long)limit).List(StoredTenantCounts.Read), cancellationToken);
}
