using System.Collections.Frozen;
using Escapement.Access;

namespace Escapement.StoredForms;

/// <summary>Who may do what as four columns: name, role, tenants, extension_prefixes.</summary>
internal static class StoredPrincipal
{
    public static EscapementPrincipal Read<TRow>(TRow row, int first)
        where TRow : IStoredRow, allows ref struct
    {
        var tenants = row.TextOrNull(first + 2) is { } named ? TenantScope.Of(TextSetJson.Read(named).Select(TenantId.Parse)) : TenantScope.All;
        return new EscapementPrincipal((EscapementRole)row.Int(first + 1), tenants, row.Text(first))
        {
            ExtensionPrefixes = row.TextOrNull(first + 3) is { } prefixes ? TextSetJson.Read(prefixes) : null,
        };
    }

    public static TValues Write<TValues>(TValues statement, EscapementPrincipal principal)
        where TValues : IStoredValues<TValues> => statement
        .Set("name", principal.Name)
        .Set("role", (int)principal.Role)
        .Set("tenants", principal.Tenants.IsAll ? null : TextSetJson.Write(principal.Tenants.Named.Select(t => t.Value).ToFrozenSet()))
        .Set("extension_prefixes", principal.ExtensionPrefixes is { } prefixes ? TextSetJson.Write(prefixes.ToFrozenSet()) : null);
}
