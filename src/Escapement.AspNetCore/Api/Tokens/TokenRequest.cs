using Escapement.Access;

namespace Escapement.AspNetCore.Api.Tokens;

/// <summary>A token to make.</summary>
/// <param name="Name">What audit entries call its bearer: 1 to 100 characters.</param>
/// <param name="Role"><c>operator</c>, <c>publisher</c>, <c>admin</c>, <c>viewer</c> or <c>gateway</c>.</param>
/// <param name="Tenants">Of an admin, viewer or gateway: the tenants by name, or <c>*</c> alone for all.</param>
/// <param name="ExtensionPrefixes">Of a publisher: what the ids of its extensions begin with; absent for all extensions.</param>
/// <param name="Expires">An instant, or <c>never</c>; absent for 90 days from now.</param>
internal sealed record TokenRequest(
    string? Name = null,
    string? Role = null,
    IReadOnlyList<string?>? Tenants = null,
    IReadOnlyList<string?>? ExtensionPrefixes = null,
    string? Expires = null)
{
    public TokenInput ToInput() => new() { Name = Name, Role = Role, Tenants = Tenants, ExtensionPrefixes = ExtensionPrefixes, Expires = Expires };
}

/// <summary>How a token is rotated.</summary>
/// <param name="GraceSeconds">How long the old secret goes on working: 0 to 604800; absent for an hour.</param>
/// <param name="Expires">An instant, or <c>never</c>; absent for no change.</param>
internal sealed record RotationRequest(long? GraceSeconds = null, string? Expires = null);
