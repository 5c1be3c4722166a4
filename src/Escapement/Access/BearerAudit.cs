using Escapement.Audit;

namespace Escapement.Access;

/// <summary>Audit entries about who may get in: whoever reads a tenant's audit is to see who was let in to it.</summary>
internal static class BearerAudit
{
    /// <summary>One entry for each tenant that somebody has by name; for all tenants one, of none.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="bearer">Who.</param>
    /// <param name="actor">Who did it.</param>
    /// <param name="action">What.</param>
    /// <param name="target">The token or session.</param>
    /// <param name="detail">What is said, given the bearer's description: a tenant's entry names no other tenant that the bearer has.</param>
    public static IReadOnlyList<AuditEntry> Of(
        TimeProvider time, EscapementPrincipal bearer, Actor actor, string action, Guid target, Func<string, string> detail)
    {
        AuditEntry Entry(TenantId? tenant) =>
            AuditEntry.Of(time, scope: null, actor, action, target.ToString(), detail: detail(Describe(bearer, tenant))) with { Tenant = tenant };
        return bearer.Tenants.IsAll ? [Entry(null)] : [.. bearer.Tenants.Named.Select(t => Entry(t))];
    }

    /// <summary>Somebody's role and what it is of, in a few words.</summary>
    public static string Describe(EscapementPrincipal bearer) => Describe(bearer, of: null);

    private static string Describe(EscapementPrincipal bearer, TenantId? of) => $"{bearer.Role.ToString().ToLowerInvariant()} of "
        + (bearer.ExtensionPrefixes is { } prefixes ? string.Join(", ", prefixes.Order(StringComparer.Ordinal))
            : bearer.Tenants.IsAll ? "all" : of is { } one ? one.Value : string.Join(", ", bearer.Tenants.Named));
}
