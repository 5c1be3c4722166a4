using Escapement.Access;

namespace Escapement.AspNetCore.Api.Tokens;

/// <summary>A token, without its secret.</summary>
internal sealed record TokenJson : ITagged
{
    public required string Id { get; init; }

    /// <summary>What audit entries call its bearer.</summary>
    public required string Name { get; init; }

    public required string Role { get; init; }

    /// <summary>The tenants by name, or <c>*</c> for all; absent for a publisher.</summary>
    public IReadOnlyList<string>? Tenants { get; init; }

    /// <summary>What the ids of a publisher's extensions begin with; absent for all.</summary>
    public IReadOnlyList<string>? ExtensionPrefixes { get; init; }

    /// <summary>Who made it.</summary>
    public required string MadeBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Absent when it never expires.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Until when the secret before the last rotation works; absent when none does.</summary>
    public DateTimeOffset? OldSecretUntil { get; init; }

    /// <summary>The minute in which it was last used, told up to two minutes late; absent when it never was.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>What its bearer sends. Shown when it is made, and never again.</summary>
    public string? Secret { get; init; }

    /// <summary>Stands for what it was made or rotated to be, and not for its use. Also the header <c>ETag</c>.</summary>
    public required string Etag { get; init; }

    /// <summary>The fields of its etag.</summary>
    public static IReadOnlyList<(string Name, object? Value)> Fields(ApiToken token) =>
    [
        ("name", token.Bearer.Name), ("role", token.Bearer.Role),
        ("tenants", token.Bearer.Tenants.IsAll ? null : token.Bearer.Tenants.Named.Select(t => t.Value)),
        ("extensionPrefixes", token.Bearer.ExtensionPrefixes?.Order(StringComparer.Ordinal)), ("expiresAt", token.ExpiresAt),
        ("secret", token.Sha256.ToArray()),
    ];

    public static TokenJson Of(ApiToken token, DateTimeOffset now) => new()
    {
        Etag = EntityTag.Of(Fields(token)),
        Id = token.Id.ToString(),
        Name = token.Bearer.Name,
        Role = token.Bearer.Role.ToString().ToLowerInvariant(),
        Tenants = token.Bearer switch
        {
            { Role: EscapementRole.Publisher } => null,
            { Tenants.IsAll: true } => ["*"],
            _ => [.. token.Bearer.Tenants.Named.Select(t => t.Value)],
        },
        ExtensionPrefixes = token.Bearer.ExtensionPrefixes is { } prefixes ? [.. prefixes.Order(StringComparer.Ordinal)] : null,
        MadeBy = token.MadeBy,
        CreatedAt = token.CreatedAt,
        ExpiresAt = token.ExpiresAt,
        OldSecretUntil = token.OldUntil > now ? token.OldUntil : null,
        LastUsedAt = token.LastUsedAt,
    };
}
