using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Escapement.Audit;

namespace Escapement.Access;

/// <summary>Beginning and ending sessions.</summary>
internal sealed class SessionOperations(ISessionStore store, AcceptedTokens tokens, AcceptedSessions accepted, TimeProvider time)
{
    // A cookie's secret is as long as a token's; longer texts are not worth hashing.
    private const int SecretBytes = 32;

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

        return await BeginAsync(found.Bearer, Convert.ToHexString(hash), cancellationToken);
    }

    /// <summary>Begins one for somebody whom a provider signed in.</summary>
    public ValueTask<(ConsoleSession Session, string Secret)> BeginAsync(EscapementPrincipal bearer, CancellationToken cancellationToken = default) =>
        BeginAsync(bearer, tokenSha256: null, cancellationToken);

    /// <summary>Ends the session of a cookie: on this node at once, on others within <see cref="AcceptedTokens.KeptFor"/>.</summary>
    public async ValueTask EndAsync(ConsoleSession session, CancellationToken cancellationToken = default)
    {
        await store.EndAsync(session.Id, Entries(session, "session.end"), cancellationToken);
        accepted.Forget(session.Sha256.ToArray());
    }

    private async ValueTask<(ConsoleSession Session, string Secret)> BeginAsync(
        EscapementPrincipal bearer, string? tokenSha256, CancellationToken cancellationToken)
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
        await store.AddAsync(session, removeBefore: now - ConsoleSession.Longest, Entries(session, "session.begin"), cancellationToken);
        return (session, secret);
    }

    private IReadOnlyList<AuditEntry> Entries(ConsoleSession session, string action)
    {
        var how = session.TokenSha256 is null ? "signed in by the provider" : "signed in with a token";
        return BearerAudit.Of(
            time, session.Bearer, new Actor(ActorKind.Admin, session.Bearer.Name), action, session.Id, d => $"{d}; {how}");
    }
}
