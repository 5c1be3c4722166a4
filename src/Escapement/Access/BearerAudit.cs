using Escapement.Audit;

namespace Escapement.Access;

/// <summary>Audit entries about who may get in: whoever reads a tenant's audit is to see who was let in to it.</summary>
internal static class BearerAudit
{
    /// <summary>One entry for each tenant that somebody has by name; for all tenants one, of none.</summary>
    public static IReadOnlyList<AuditEntry> Of(TimeProvider time, EscapementPrincipal bearer, Actor actor, string action, Guid target, string detail)
    {
        AuditEntry Entry(TenantId? tenant) => AuditEntry.Of(time, scope: null, actor, action, target.ToString(), detail: detail) with { Tenant = tenant };
        return bearer.Tenants.IsAll ? [Entry(null)] : [.. bearer.Tenants.Named.Select(t => Entry(t))];
    }

    /// <summary>Somebody's role and what it is of, in a few words.</summary>
    public static string Describe(EscapementPrincipal bearer) => $"{bearer.Role.ToString().ToLowerInvariant()} of "
        + (bearer.ExtensionPrefixes is { } prefixes ? string.Join(", ", prefixes.Order(StringComparer.Ordinal))
            : bearer.Tenants.IsAll ? "all" : string.Join(", ", bearer.Tenants.Named));
}
