using System.Collections.Concurrent;

namespace Escapement.Access;

/// <summary>
/// Looks tokens up by the hashes of their secrets. What the store answered is kept for <see cref="KeptFor"/>, so that not every request asks it and
/// a token that was revoked on another node lets nobody in for longer than that. Only tokens that exist are kept: wrong ones cannot fill the memory.
/// </summary>
internal sealed class AcceptedTokens(ITokenStore store, TimeProvider time)
{
    /// <summary>How long a revoked token may go on working on other nodes.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(5);

    /// <summary>How many are kept; beyond it all are forgotten.</summary>
    public const int Most = 10_000;

    private readonly ConcurrentDictionary<string, Kept> kept = new(StringComparer.Ordinal);

    /// <summary>The token that a secret of this hash belongs to and that lets in now, or null.</summary>
    /// <param name="sha256">The hash of the secret.</param>
    /// <param name="withoutStore">While the store is away, whether what it answered before is good enough, however long ago that was.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<ApiToken?> FindAsync(byte[] sha256, bool withoutStore, CancellationToken cancellationToken = default)
    {
        var key = Convert.ToBase64String(sha256);
        var known = kept.GetValueOrDefault(key);
        var token = known is not null && time.GetElapsedTime(known.AskedAt) < KeptFor
            ? known.Token
            : await AskAsync(key, sha256, withoutStore ? known : null, cancellationToken);
        return token?.LetsIn(sha256, time.GetUtcNow()) == true ? token : null;
    }

    /// <summary>Asks the store about this token at its next use: it was changed here.</summary>
    public void Forget(Guid id)
    {
        foreach (var (key, entry) in kept)
        {
            if (entry.Token.Id == id)
            {
                kept.TryRemove(key, out _);
            }
        }
    }

    private async ValueTask<ApiToken?> AskAsync(string key, byte[] sha256, Kept? inPlace, CancellationToken cancellationToken)
    {
        // Taken before: what is revoked while the store answers is let in for no longer than what was revoked right after.
        var askedAt = time.GetTimestamp();
        ApiToken? token;
        try
        {
            token = await store.FindAsync(sha256, cancellationToken);
        }
        catch (StoreUnavailableException) when (inPlace is not null)
        {
            return inPlace.Token;
        }

        if (token is null)
        {
            kept.TryRemove(key, out _);
            return null;
        }

        if (kept.Count >= Most)
        {
            kept.Clear();
        }

        kept[key] = new Kept(token, askedAt);
        return token;
    }

    private sealed record Kept(ApiToken Token, long AskedAt);
}
