using Escapement.Time;

namespace Escapement.Access;

/// <summary>A browser that somebody signed in with. Its cookie's secret is not kept; only a hash is.</summary>
internal sealed record ConsoleSession
{
    /// <summary>How many one token may have begun; the oldest ends when another begins.</summary>
    public const int MostOfToken = 20;

    /// <summary>How long one that nobody uses lasts.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromHours(8);

    /// <summary>How long one lasts at most.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The hash of its cookie's secret.</summary>
    public required ReadOnlyMemory<byte> Sha256 { get; init; }

    /// <summary>The hash, in hexadecimal, of the token's secret that it was begun with and ends with; null when a provider signed its bearer in.</summary>
    public string? TokenSha256 { get; init; }

    /// <summary>That token; null until somebody has looked, and when a provider signed its bearer in. Not stored.</summary>
    public Guid? TokenId { get; init; }

    /// <summary>Who signed in, and what they may do. Of one begun with a token the token says it anew.</summary>
    public required EscapementPrincipal Bearer { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last used, to the minute.</summary>
    public required DateTimeOffset LastUsedAt { get; init; }

    /// <summary>When it ends if nobody uses it, by a clock, which may be faster than the people who use it.</summary>
    public DateTimeOffset EndsAt(TimeProvider time)
    {
        var (idle, longest) = (LastUsedAt + time.FromReal(Idle), CreatedAt + time.FromReal(Longest));
        return idle < longest ? idle : longest;
    }
}
