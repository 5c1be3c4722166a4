namespace Escapement.Access;

/// <summary>A token that lets its bearer use the HTTP API. Its secret is not kept; only a hash is.</summary>
internal sealed record ApiToken
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Who its bearer is, and what they may do.</summary>
    public required EscapementPrincipal Bearer { get; init; }

    /// <summary>The hash of its secret.</summary>
    public required ReadOnlyMemory<byte> Sha256 { get; init; }

    /// <summary>Until when the secret before the last rotation works; null when there is none.</summary>
    public DateTimeOffset? OldUntil { get; init; }

    /// <summary>Who made it.</summary>
    public required string MadeBy { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on it is good for nothing; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was last used, to the minute; null when it never was.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Its bearer as a caller.</summary>
    public EscapementPrincipal Caller => Bearer with { GoodUntil = ExpiresAt, TokenId = Id };

    /// <summary>Whether a secret of this hash, which is the token's or the one that it had before, lets somebody in.</summary>
    public bool LetsIn(ReadOnlySpan<byte> sha256, DateTimeOffset now) =>
        !(ExpiresAt <= now) && (sha256.SequenceEqual(Sha256.Span) || OldUntil > now);
}
