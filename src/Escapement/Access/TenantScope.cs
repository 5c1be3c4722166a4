namespace Escapement.Access;

/// <summary>All tenants, or some by name.</summary>
public sealed class TenantScope
{
    private readonly HashSet<TenantId>? named;

    private TenantScope(HashSet<TenantId>? named) => this.named = named;

    /// <summary>All tenants, those that are still to come included.</summary>
    public static TenantScope All { get; } = new(named: null);

    /// <summary>Whether it is all tenants.</summary>
    public bool IsAll => named is null;

    /// <summary>The tenants in order, when it is some by name; empty when it is all.</summary>
    public IReadOnlyList<TenantId> Named => [.. (named ?? []).OrderBy(t => t.Value, StringComparer.Ordinal)];

    /// <summary>These tenants and no others; none at all when none is given.</summary>
    /// <param name="tenants">The tenants.</param>
    public static TenantScope Of(params IEnumerable<TenantId> tenants) => new([.. tenants]);

    /// <summary>Whether a tenant is among them.</summary>
    /// <param name="tenant">The tenant.</param>
    public bool Includes(TenantId tenant) => named is null || named.Contains(tenant);

    /// <summary>Whether all of another scope's tenants are among them.</summary>
    /// <param name="other">The other scope.</param>
    public bool Includes(TenantScope other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return named is null || (other.named is not null && other.named.IsSubsetOf(named));
    }
}
