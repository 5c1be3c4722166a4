namespace Escapement.AspNetCore;

/// <summary>
/// Sign-in by an OpenID Connect provider beside tokens. A caller sends an access token of the provider (a JWT) as it would send a token of the host's own;
/// claims in it become role and tenants by <see cref="Mappings"/>.
/// </summary>
public sealed record OidcOptions
{
    internal static readonly TimeSpan MaxClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>The provider, such as <c>https://login.example.com</c>. Plain HTTP is taken on loopback alone.</summary>
    public required string Authority { get; init; }

    /// <summary>What the provider calls this host: access tokens for another audience are refused.</summary>
    public required string Audience { get; init; }

    /// <summary>
    /// Under which name this host is a client of the provider's, for browsers that sign in there; null, the default, when browsers do not. The
    /// provider must know the address <c>/api/v1/session/callback</c> of this host.
    /// </summary>
    public string? ClientId { get; init; }

    /// <summary>The client's secret; null for a client that has none.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>What is asked of the provider for browsers, with spaces between; default <c>openid</c>, which must be in it.</summary>
    public string Scope { get; init; } = "openid";

    /// <summary>By how much clocks may differ: 0 to 5 minutes; default 30 seconds.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The claim that names the caller in the audit, and that quotas of publishers go by; default <c>sub</c>. Who has none, or one of more than 100
    /// characters without the spaces around it, is not let in.
    /// </summary>
    public string NameClaim { get; init; } = "sub";

    /// <summary>
    /// What claims mean. The first that matches decides the role, and each further one of that role that matches adds its tenants. Whom none matches
    /// may do nothing.
    /// </summary>
    public IReadOnlyList<OidcMapping> Mappings { get; init; } = [];
}
