using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Escapement.Audit;
using Escapement.Time;

namespace Escapement.Access;

/// <summary>Beginning and ending sessions.</summary>
internal sealed class SessionOperations(ISessionStore store, AcceptedTokens tokens, AcceptedSessions accepted, TimeProvider time)
{
    // A cookie's secret is as long as a token's; longer texts are not worth hashing.
    private const int SecretBytes = 32;

    // Of those who see few of many sessions, a page looks at so many and may be short.
    private const int MostLookedAt = 1_000;

    private const string Provided = "signed in by the provider";

    /// <summary>The hash by which a cookie's secret is looked up; null for what cannot be one.</summary>
    public static byte[]? Hash(string secret) =>
        secret.Length == Base64Url.GetEncodedLength(SecretBytes) ? SHA256.HashData(Encoding.UTF8.GetBytes(secret)) : null;

    /// <summary>Whether somebody may look at a session that they began, and end it.</summary>
    public static bool IsFor(EscapementPrincipal bearer) => bearer.May(Permission.ReadDescription);

    /// <summary>Begins one with a token.</summary>
    public async ValueTask<SignInOutcome> BeginAsync(string token, CancellationToken cancellationToken = default)
    {
        if (TokenSecret.Hash(token) is not { } hash || await tokens.FindAsync(hash, withoutStore: false, cancellationToken) is not { } found)
        {
            return new SignInOutcome.Unknown();
        }

        return await BeginAsync(found, Convert.ToHexString(hash), "signed in with a token", cancellationToken);
    }

    /// <summary>Begins one for somebody whom a provider signed in.</summary>
    public ValueTask<(ConsoleSession Session, string Secret)> BeginAsync(EscapementPrincipal bearer, CancellationToken cancellationToken = default) =>
        BeginAsync(bearer, tokenSha256: null, tokenId: null, Provided, cancellationToken);

    /// <summary>
    /// Begins one with a code, which is used up by it, whatever comes of it. It is unknown too when it was used or has expired, and when the token lets
    /// nobody in any more that it was made with.
    /// </summary>
    public async ValueTask<SignInOutcome> BeginByCodeAsync(string code, CancellationToken cancellationToken = default)
    {
        if (SignInCode.Hash(code) is not { } hash
            || await store.TakeCodeAsync(hash, cancellationToken) is not { } taken
            || taken.ExpiresAt <= time.GetUtcNow()
            || await tokens.FindAsync(Convert.FromHexString(taken.TokenSha256), withoutStore: false, cancellationToken) is not { } found)
        {
            return new SignInOutcome.Unknown();
        }

        return await BeginAsync(found, taken.TokenSha256, "signed in with a link", cancellationToken);
    }

    /// <summary>Makes a code that begins a session of a token's bearer; null when the token lets nobody in.</summary>
    public async ValueTask<(string Code, DateTimeOffset ExpiresAt)?> MakeCodeAsync(string token, CancellationToken cancellationToken = default)
    {
        if (TokenSecret.Hash(token) is not { } hash || await tokens.FindAsync(hash, withoutStore: false, cancellationToken) is not { } found)
        {
            return null;
        }

        var (text, now) = (SignInCode.Make(), time.GetUtcNow());
        var code = new SignInCode(SignInCode.Hash(text)!, Convert.ToHexString(hash), now + time.FromReal(SignInCode.Lifetime));
        var bearer = found.Bearer;
        var audit = BearerAudit.Of(time, bearer, new Actor(ActorKind.Admin, bearer.Name), "session.code", found.Id, d => d);
        await store.AddCodeAsync(code, now, audit, cancellationToken);
        return (text, code.ExpiresAt);
    }

    /// <summary>
    /// The sessions that go on and that a caller sees, as it sees tokens, the latest begun first; and the last that was looked at if there may be more.
    /// </summary>
    public async ValueTask<(IReadOnlyList<ConsoleSession> Sessions, ConsoleSession? Last)> ListAsync(
        EscapementPrincipal by, Guid? before, int limit, CancellationToken cancellationToken = default)
    {
        var found = new List<ConsoleSession>();
        ConsoleSession? last = null;
        for (var looked = 0; looked < MostLookedAt;)
        {
            var rows = await store.ListAsync(last?.Id ?? before ?? Guid.AllBitsSet, limit + 1, cancellationToken);
            foreach (var session in rows)
            {
                if (found.Count == limit)
                {
                    return (found, last);
                }

                last = session;
                if (by.SeesToken(session.Bearer) && await accepted.AsItIsAsync(session, cancellationToken) is { } current)
                {
                    found.Add(current);
                }
            }

            if (rows.Count <= limit)
            {
                return (found, null);
            }

            looked += rows.Count;
        }

        return (found, last);
    }

    /// <summary>Ends the session of a cookie: on this node at once, on others within <see cref="AcceptedTokens.KeptFor"/>.</summary>
    public ValueTask EndAsync(ConsoleSession session, CancellationToken cancellationToken = default) =>
        EndAsync(session, new Actor(ActorKind.Admin, session.Bearer.Name), cancellationToken);

    /// <summary>Ends the session whose cookie a browser had when it signed in anew, if it goes on: it would be good for hours, and nobody would know.</summary>
    public async ValueTask EndFormerAsync(string cookie, CancellationToken cancellationToken = default)
    {
        if (Hash(cookie) is { } hash && await accepted.FindAsync(hash, isUse: false, cancellationToken) is { } former)
        {
            await EndAsync(former, cancellationToken);
        }
    }

    /// <summary>Ends the session of this id likewise; false when none is there that the caller may end: one of a bearer who may do no more than they.</summary>
    public async ValueTask<bool> EndAsync(EscapementPrincipal by, Actor actor, Guid id, CancellationToken cancellationToken = default)
    {
        if (await store.GetAsync(id, cancellationToken) is not { } session || !by.MayGrant(session.Bearer))
        {
            return false;
        }

        await EndAsync(session, actor, cancellationToken);
        return true;
    }

    private async ValueTask EndAsync(ConsoleSession session, Actor actor, CancellationToken cancellationToken)
    {
        var how = session.TokenSha256 is null ? Provided : "signed in with a token";
        await store.EndAsync(session.Id, Entries(session, actor, "session.end", how), cancellationToken);
        accepted.Forget(session.Sha256.ToArray());
    }

    private async ValueTask<SignInOutcome> BeginAsync(ApiToken token, string sha256, string how, CancellationToken cancellationToken)
    {
        if (!IsFor(token.Bearer))
        {
            return new SignInOutcome.NotForBrowsers();
        }

        var (session, secret) = await BeginAsync(token.Bearer, sha256, token.Id, how, cancellationToken);
        return new SignInOutcome.Begun(session, secret);
    }

    private async ValueTask<(ConsoleSession Session, string Secret)> BeginAsync(
        EscapementPrincipal bearer, string? tokenSha256, Guid? tokenId, string how, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var session = new ConsoleSession
        {
            Id = Ids.Next(time),
            Sha256 = Hash(secret)!,
            TokenSha256 = tokenSha256,
            TokenId = tokenId,
            Bearer = bearer,
            CreatedAt = now,
            LastUsedAt = now,
        };
        var audit = Entries(session, new Actor(ActorKind.Admin, bearer.Name), "session.begin", how);
        await store.AddAsync(session, removeBefore: now - time.FromReal(ConsoleSession.Longest), audit, cancellationToken);
        return (session, secret);
    }

    private IReadOnlyList<AuditEntry> Entries(ConsoleSession session, Actor actor, string action, string how) => BearerAudit.Of(
        time, session.Bearer, actor, action, session.Id, d => actor.Id == session.Bearer.Name ? $"{d}; {how}" : $"{session.Bearer.Name}, {d}; {how}");
}
