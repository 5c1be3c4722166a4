using Escapement.Access;

namespace Escapement.AspNetCore.Access;

/// <summary>What a caller would have to be.</summary>
internal static class PermissionWords
{
    /// <summary>A sentence for somebody who may not do what a route asks.</summary>
    public static string Need(Permission permission) =>
        $"The caller may not do this; it needs the role {string.Join(", or ", Roles(permission).Select(Word))}";

    private static IEnumerable<(EscapementRole Role, bool OfAll)> Roles(Permission permission) =>
        from role in Enum.GetValues<EscapementRole>()
        let ofSome = role != EscapementRole.Operator && new EscapementPrincipal(role, TenantScope.Of(), "anybody").May(permission)
        where ofSome || new EscapementPrincipal(role, TenantScope.All, "anybody").May(permission)
        select (role, !ofSome && role != EscapementRole.Operator);

    private static string Word((EscapementRole Role, bool OfAll) need) => need.Role.ToString().ToLowerInvariant() + (need.OfAll ? " of all tenants" : "");
}
