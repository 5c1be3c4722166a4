using Escapement.Listing;

namespace Escapement.StoredForms;

/// <summary>A tenant's counts as <c>list_tenants</c> selects them.</summary>
internal static class StoredTenantCounts
{
    public static TenantCounts Read<TRow>(TRow row)
        where TRow : IStoredRow, allows ref struct => new(TenantId.Parse(row.Text(0)), row.Int(1), row.Int(2), row.Int(3));
}
