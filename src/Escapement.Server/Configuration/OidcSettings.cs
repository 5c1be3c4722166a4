using Escapement.Access;
using Escapement.AspNetCore;

namespace Escapement.Server.Configuration;

/// <summary>Sign-in by an OpenID Connect provider, as settings say it.</summary>
internal static class OidcSettings
{
    private static readonly Dictionary<string, EscapementRole> Roles =
        Enum.GetValues<EscapementRole>().ToDictionary(r => r.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>Reads it; null when nothing of it is set.</summary>
    public static OidcOptions? Read(SettingsReader reader) => !reader.Has("Oidc") ? null : new OidcOptions
    {
        Authority = reader.Text("Oidc:Authority", ""),
        Audience = reader.Text("Oidc:Audience", ""),
        ClientId = reader.Text("Oidc:ClientId"),
        ClientSecret = reader.Text("Oidc:ClientSecret"),
        Scope = reader.Text("Oidc:Scope", "openid"),
        ClockSkew = reader.Duration("Oidc:ClockSkew", new OidcOptions { Authority = "", Audience = "" }.ClockSkew),
        NameClaim = reader.Text("Oidc:NameClaim", "sub"),
        Mappings = [.. reader.Items("Oidc:Mappings").Select(item => ReadMapping(reader, item))],
    };

    // A role that is missing or no role is refused by the options' own check, which names it.
    private static OidcMapping ReadMapping(SettingsReader reader, string item) => new()
    {
        Claim = reader.Text($"{item}:Claim", ""),
        Value = reader.Text($"{item}:Value", ""),
        Role = reader.Word($"{item}:Role", default(EscapementRole), Roles),
        Tenants = reader.Text($"{item}:Tenants")?.Split(',', StringSplitOptions.TrimEntries) ?? [OidcMapping.Any],
    };
}
