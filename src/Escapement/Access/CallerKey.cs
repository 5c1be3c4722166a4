using System.Security.Cryptography;
using System.Text;

namespace Escapement.Access;

/// <summary>
/// A caller, as what is kept for them is kept under: who they are and all that they may do. Who that is a token says by its id, and a provider or an
/// application by their name: a name alone is not enough, because several tokens can have one, and a provider's user too. Whoever may do something else now
/// than then is another caller.
/// </summary>
internal static class CallerKey
{
    public static string Of(EscapementPrincipal caller)
    {
        var tenants = caller.Tenants.IsAll ? "*" : string.Join(',', caller.Tenants.Named);

        // The last two can hold any character, so what they are joined by must not be able to come out of one into the other.
        var prefixes = caller.ExtensionPrefixes is { } some ? string.Concat(some.Order(StringComparer.Ordinal).Select(p => $"{p.Length}:{p}")) : "all";
        var by = caller.TokenId is { } token ? $"token {token}" : "named";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{by}\n{(int)caller.Role}\n{tenants}\n{prefixes}\n{caller.Name}")));
    }
}
