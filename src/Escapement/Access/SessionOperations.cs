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

    private const string Provided = "signed in by the provider";

    /// <summary>The hash by which a cookie's secret is looked up; null for what cannot be one.</summary>
    public static byte[]? Hash(string secret) =>
        secret.Length == Base64Url.GetEncodedLength(SecretBytes) ? SHA256.HashData(Encoding.UTF8.GetBytes(secret)) : null;

    /// <summary>Begins one with a token; null when it lets nobody in.</summary>
    public async ValueTask<(ConsoleSession Session, string Secret)?> BeginAsync(string token, CancellationToken cancellationToken = default)
    {
        if (TokenSecret.Hash(token) is not { } hash || await tokens.FindAsync(hash, withoutStore: false, cancellationToken) is not { } found)
        {
            return null;
        }

        return await BeginAsync(found.Bearer, Convert.ToHexString(hash), "signed in with a token", cancellationToken);
    }

    /// <summary>Begins one for somebody whom a provider signed in.</summary>
    public ValueTask<(ConsoleSession Session, string Secret)> BeginAsync(EscapementPrincipal bearer, CancellationToken cancellationToken = default) =>
        BeginAsync(bearer, tokenSha256: null, Provided, cancellationToken);

    /// <summary>
    /// Begins one with a code, which is used up by it, whatever comes of it; null when it is not known, was used or has expired, or when the token lets
    /// nobody in any more that it was made with.
    /// </summary>
    public async ValueTask<(ConsoleSession Session, string Secret)?> BeginByCodeAsync(string code, CancellationToken cancellationToken = default)
    {
        if (SignInCode.Hash(code) is not { } hash
            || await store.TakeCodeAsync(hash, cancellationToken) is not { } taken
            || taken.ExpiresAt <= time.GetUtcNow()
            || await tokens.FindAsync(Convert.FromHexString(taken.TokenSha256), withoutStore: false, cancellationToken) is not { } found)
        {
            return null;
        }

        return await BeginAsync(found.Bearer, taken.TokenSha256, "signed in with a link", cancellationToken);
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

    /// <summary>Ends the session of a cookie: on this node at once, on others within <see cref="AcceptedTokens.KeptFor"/>.</summary>
    public async ValueTask EndAsync(ConsoleSession session, CancellationToken cancellationToken = default)
    {
        var how = session.TokenSha256 is null ? Provided : "signed in with a token";
        await store.EndAsync(session.Id, Entries(session, "session.end", how), cancellationToken);
        accepted.Forget(session.Sha256.ToArray());
    }

    private async ValueTask<(ConsoleSession Session, string Secret)> BeginAsync(
        EscapementPrincipal bearer, string? tokenSha256, string how, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var session = new ConsoleSession
        {
            Id = Ids.Next(time),
            Sha256 = Hash(secret)!,
            TokenSha256 = tokenSha256,
            Bearer = bearer,
            CreatedAt = now,
            LastUsedAt = now,
        };
        await store.AddAsync(session, removeBefore: now - time.FromReal(ConsoleSession.Longest), Entries(session, "session.begin", how), cancellationToken);
        return (session, secret);
    }

    private IReadOnlyList<AuditEntry> Entries(ConsoleSession session, string action, string how) => BearerAudit.Of(
        time, session.Bearer, new Actor(ActorKind.Admin, session.Bearer.Name), action, session.Id, d => $"{d}; {how}");
}
