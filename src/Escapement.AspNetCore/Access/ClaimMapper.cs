using System.Security.Claims;
using Escapement.Access;

namespace Escapement.AspNetCore.Access;

/// <summary>Makes a caller of a provider's claims.</summary>
internal static class ClaimMapper
{
    /// <summary>
    /// The caller, or null when nothing says what they may do, or what to call them: what the audit calls the host itself, or its first token, is no name.
    /// </summary>
    public static EscapementPrincipal? Map(IEnumerable<Claim> claims, OidcOptions options)
    {
        var all = claims.ToList();
        var name = all.Find(c => c.Type == options.NameClaim)?.Value.Trim();
        if (name is null || !TokenInput.IsName(name) || TokenInput.IsReserved(name))
        {
            return null;
        }

        var matches = (from mapping in options.Mappings
                       from claim in all
                       where claim.Value.Length > 0 && claim.Type == mapping.Claim && (mapping.Value == OidcMapping.Any || mapping.Value == claim.Value)
                       let tenants = TenantsOf(mapping, claim.Value)
                       where tenants is not null
                       select (mapping.Role, Tenants: tenants)).ToList();
        if (matches.Count == 0)
        {
            return null;
        }

        var ofRole = matches.Where(m => m.Role == matches[0].Role).Select(m => m.Tenants).ToList();
        var scope = ofRole.Exists(t => t.IsAll) ? TenantScope.All : TenantScope.Of(ofRole.SelectMany(t => t.Named));
        return new EscapementPrincipal(matches[0].Role, scope, name);
    }

    // Only what the configuration says means all: a claim whose value is * names no tenant.
    private static TenantScope? TenantsOf(OidcMapping mapping, string value)
    {
        if (mapping.Tenants is [OidcMapping.Any])
        {
            return TenantScope.All;
        }

        var tenants = new List<TenantId>();
        foreach (var text in mapping.Tenants)
        {
            if (TenantId.TryParse(text.Replace(OidcMapping.ValuePlaceholder, value, StringComparison.Ordinal), out var tenant))
            {
                tenants.Add(tenant);
            }
        }

        return tenants.Count == 0 ? null : TenantScope.Of(tenants);
    }
}
