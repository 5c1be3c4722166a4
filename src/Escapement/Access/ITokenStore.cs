using Escapement.Audit;
using Escapement.Noting;

namespace Escapement.Access;

/// <summary>
/// API tokens, kept as hashes only. Every change is one transaction with its audit entries. A token that was revoked is as if it were not there.
/// </summary>
internal interface ITokenStore
{
    /// <summary>Adds the token if there never was one; false when there was. Two nodes that start at once add one.</summary>
    ValueTask<bool> AddFirstAsync(ApiToken token, CancellationToken cancellationToken = default);

    /// <summary>Adds a token.</summary>
    ValueTask AddAsync(ApiToken token, IReadOnlyList<AuditEntry> audit, CancellationToken cancellationToken = default);

    /// <summary>The token that has this hash, or had it before its last rotation; or null.</summary>
    ValueTask<ApiToken?> FindAsync(ReadOnlyMemory<byte> sha256, CancellationToken cancellationToken = default);

    /// <summary>The token of this id, or null.</summary>
    ValueTask<ApiToken?> GetAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Tokens, newest first: those whose ids sort before this one, at most so many.</summary>
    ValueTask<IReadOnlyList<ApiToken>> ListAsync(Guid before, int limit, CancellationToken cancellationToken = default);

    /// <summary>Gives a token another secret; the one that it has works until then. False when there is no such token with the secret that it had.</summary>
    ValueTask<bool> RotateAsync(TokenRotation rotation, IReadOnlyList<AuditEntry> audit, CancellationToken cancellationToken = default);

    /// <summary>Revokes a token. Of two who revoke the last two operators' at once, one is told that it is the last.</summary>
    ValueTask<TokenRevoking> RevokeAsync(TokenRevocation revocation, IReadOnlyList<AuditEntry> audit, CancellationToken cancellationToken = default);

    /// <summary>Notes when tokens were last used; an earlier instant than the one that is there changes nothing.</summary>
    ValueTask NoteUsesAsync(IReadOnlyList<Use<Guid>> uses, CancellationToken cancellationToken = default);
}

/// <summary>What a rotation changes.</summary>
/// <param name="Id">The token.</param>
/// <param name="Before">The hash of the secret that it has: every change of a token changes it.</param>
/// <param name="Sha256">The hash of its new secret.</param>
/// <param name="OldUntil">Until when the secret that it has goes on working.</param>
/// <param name="ExpiresAt">From when on the token is good for nothing; null for never.</param>
internal sealed record TokenRotation(Guid Id, ReadOnlyMemory<byte> Before, ReadOnlyMemory<byte> Sha256, DateTimeOffset OldUntil, DateTimeOffset? ExpiresAt);

/// <summary>What a revocation takes away.</summary>
/// <param name="Id">The token.</param>
/// <param name="Before">The hash of the secret that it has.</param>
/// <param name="At">When.</param>
/// <param name="LeavesOperator">Whether another operator's token must be left that lets in.</param>
internal sealed record TokenRevocation(Guid Id, ReadOnlyMemory<byte> Before, DateTimeOffset At, bool LeavesOperator);

/// <summary>How a revocation ended.</summary>
internal enum TokenRevoking
{
    /// <summary>It is revoked.</summary>
    Done,

    /// <summary>There is no such token with that secret.</summary>
    NotThere,

    /// <summary>It is the last operator's.</summary>
    LastOperator,
}
