namespace Escapement.Listing;

/// <summary>The tenants that have installs.</summary>
internal interface ITenantListStore
{
    /// <summary>Tenants by name, after one, at most so many.</summary>
    ValueTask<IReadOnlyList<TenantCounts>> ListAsync(string after, int limit, CancellationToken cancellationToken = default);
}
