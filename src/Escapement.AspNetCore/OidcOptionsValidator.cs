using Escapement.Access;

namespace Escapement.AspNetCore;

/// <summary>Finds everything that is wrong with sign-in by a provider.</summary>
internal static class OidcOptionsValidator
{
    public static IEnumerable<Problem> Validate(EscapementOptions options)
    {
        if (options.Oidc is not { } oidc)
        {
            yield break;
        }

        if (options.AuthorizationPolicy is not null)
        {
            yield return Problem("Oidc", "left out when AuthorizationPolicy is set: the application signs its users in");
        }

        if (!IsAuthority(oidc.Authority))
        {
            yield return Problem("Oidc:Authority", "an address such as https://login.example.com; http is for loopback alone");
        }

        if (string.IsNullOrWhiteSpace(oidc.Audience))
        {
            yield return Problem("Oidc:Audience", "what the provider calls this host");
        }

        if (oidc.ClientId is not null && string.IsNullOrWhiteSpace(oidc.ClientId))
        {
            yield return Problem("Oidc:ClientId", "this host's name as a client of the provider, or absent");
        }

        if (oidc is { ClientSecret: not null, ClientId: null })
        {
            yield return Problem("Oidc:ClientSecret", "left out unless Oidc:ClientId is set");
        }

        if (!oidc.Scope.Split(' ').Contains("openid"))
        {
            yield return Problem("Oidc:Scope", "words with spaces between, of which openid is one");
        }

        if (oidc.ClockSkew < TimeSpan.Zero || oidc.ClockSkew > OidcOptions.MaxClockSkew)
        {
            yield return Problem("Oidc:ClockSkew", $"between 0 and {OidcOptions.MaxClockSkew:c}");
        }

        if (string.IsNullOrWhiteSpace(oidc.NameClaim))
        {
            yield return Problem("Oidc:NameClaim", "the name of a claim, such as sub");
        }

        if (oidc.Mappings.Count == 0)
        {
            yield return Problem("Oidc:Mappings", "at least one: without any, nobody may do anything");
        }

        foreach (var problem in oidc.Mappings.SelectMany((m, i) => Validate(m, $"Oidc:Mappings:{i}")))
        {
            yield return problem;
        }
    }

    private static IEnumerable<Problem> Validate(OidcMapping mapping, string path)
    {
        if (string.IsNullOrWhiteSpace(mapping.Claim))
        {
            yield return Problem($"{path}:Claim", "the name of a claim, such as groups");
        }

        if (string.IsNullOrWhiteSpace(mapping.Value))
        {
            yield return Problem($"{path}:Value", "the value that the claim must have, or * for any");
        }

        if (!Enum.IsDefined(mapping.Role))
        {
            yield return Problem($"{path}:Role", "operator, publisher, admin, viewer or gateway");
        }
        else if (mapping.Role is EscapementRole.Operator or EscapementRole.Publisher && mapping.Tenants is not [OidcMapping.Any])
        {
            yield return Problem($"{path}:Tenants", "left out: an operator has all tenants, and publishing belongs to none");
        }
        else if (mapping.Tenants is not [OidcMapping.Any] && (mapping.Tenants.Count == 0 || !mapping.Tenants.All(IsTenant)))
        {
            yield return Problem($"{path}:Tenants", "tenant ids, in which {value} stands for the claim's value, or * alone for all tenants");
        }
    }

    private static bool IsTenant(string text) => TenantId.TryParse(text.Replace(OidcMapping.ValuePlaceholder, "x", StringComparison.Ordinal), out _);

    private static bool IsAuthority(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        && uri.Query.Length == 0 && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0;

    private static Problem Problem(string path, string rule) => new(path, "out-of-range", $"{path} must be {rule}");
}
