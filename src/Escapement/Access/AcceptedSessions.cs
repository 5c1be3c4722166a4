using System.Collections.Concurrent;

namespace Escapement.Access;

/// <summary>
/// Looks sessions up by the hashes of their cookies' secrets. What the store answered is kept as long as of <see cref="AcceptedTokens"/>: so long may one
/// that was ended on another node go on here.
/// </summary>
internal sealed class AcceptedSessions(ISessionStore store, AcceptedTokens tokens, SessionUses uses, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Kept> kept = new(StringComparer.Ordinal);

    /// <summary>The session that goes on now, with its bearer as they are now; or null.</summary>
    /// <param name="sha256">The hash of its cookie's secret.</param>
    /// <param name="isUse">Whether somebody uses it by this, so that it goes on from now for as long as it may unused.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<ConsoleSession?> FindAsync(byte[] sha256, bool isUse = true, CancellationToken cancellationToken = default)
    {
        var key = Convert.ToHexString(sha256);
        var entry = kept.TryGetValue(key, out var known) && time.GetElapsedTime(known.AskedAt) < AcceptedTokens.KeptFor
            ? known
            : await AskAsync(key, sha256, known, cancellationToken);
        var now = time.GetUtcNow();
        if (entry is not { Session: var session })
        {
            return null;
        }

        if (await AsItIsAsync(session, cancellationToken) is not { } current)
        {
            return null;
        }

        if (!isUse)
        {
            return current;
        }

        // The store is told within a minute; here it counts at once.
        uses.Note(session.Id);
        kept.TryUpdate(key, entry with { Session = entry.Session with { LastUsedAt = now } }, entry);
        return current with { LastUsedAt = now };
    }

    /// <summary>A session with its bearer as they are now; null when it is over.</summary>
    public async ValueTask<ConsoleSession?> AsItIsAsync(ConsoleSession session, CancellationToken cancellationToken = default)
    {
        if (session.EndsAt(time) <= time.GetUtcNow())
        {
            return null;
        }

        if (session.TokenSha256 is not { } secret)
        {
            return session;
        }

        // It goes on for as long as the very secret lets in that it was begun with: a token that leaked is rotated or revoked to lock somebody out.
        return await tokens.FindAsync(Convert.FromHexString(secret), withoutStore: false, cancellationToken) is { } token
            ? session with { Bearer = token.Caller, TokenId = token.Id }
            : null;
    }

    /// <summary>Asks the store about this session at its next use: it was ended here.</summary>
    public void Forget(byte[] sha256) => kept.TryRemove(Convert.ToHexString(sha256), out _);

    private async ValueTask<Kept?> AskAsync(string key, byte[] sha256, Kept? before, CancellationToken cancellationToken)
    {
        var askedAt = time.GetTimestamp();
        if (await store.FindAsync(sha256, cancellationToken) is not { } session)
        {
            kept.TryRemove(key, out _);
            return null;
        }

        if (kept.Count >= AcceptedTokens.Most)
        {
            kept.Clear();
        }

        var used = before is not null && before.Session.LastUsedAt > session.LastUsedAt ? before.Session.LastUsedAt : session.LastUsedAt;
        return kept[key] = new Kept(session with { LastUsedAt = used }, askedAt);
    }

    private sealed record Kept(ConsoleSession Session, long AskedAt);
}
