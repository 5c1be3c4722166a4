using Escapement.Access;
using Escapement.Audit;
using Escapement.Noting;

namespace Escapement.Tests.Access;

/// <summary>Tokens in memory, which can be away.</summary>
internal sealed class HeldTokens : ITokenStore, IAuditStore
{
    public ValueTask<AuditEntry?> FindAsync(TenantId? tenant, Guid id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyDictionary<string, string>> FindValuesAsync(
        InstallScope scope, IReadOnlyCollection<string> sha256, DateTimeOffset since, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    private readonly List<ApiToken> tokens = [];
    private readonly Dictionary<Guid, byte[]> old = [];

    public bool IsAway { get; set; }

    public int Asked { get; private set; }

    /// <summary>What happens between the look at a token and its rotation.</summary>
    public Action? OnRotating { get; set; }

    public List<AuditEntry> Entries { get; } = [];

    public List<Use<Guid>> Uses { get; } = [];

    public ValueTask<bool> AddFirstAsync(ApiToken token, CancellationToken cancellationToken)
    {
        tokens.Add(token);
        return ValueTask.FromResult(tokens.Count == 1);
    }

    public ValueTask AddAsync(ApiToken token, IReadOnlyList<AuditEntry> audit, CancellationToken cancellationToken)
    {
        tokens.Add(token);
        Entries.AddRange(audit);
        return ValueTask.CompletedTask;
    }

    public ValueTask<ApiToken?> FindAsync(ReadOnlyMemory<byte> sha256, CancellationToken cancellationToken)
    {
        Asked++;
        RefuseWhenAway();
        return ValueTask.FromResult(tokens.Find(t =>
            t.Sha256.Span.SequenceEqual(sha256.Span) || (old.GetValueOrDefault(t.Id) is { } before && before.AsSpan().SequenceEqual(sha256.Span))));
    }

    public ValueTask<ApiToken?> GetAsync(Guid id, CancellationToken cancellationToken) => ValueTask.FromResult(tokens.Find(t => t.Id == id));

    public ValueTask<IReadOnlyList<ApiToken>> ListAsync(Guid before, int limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<ApiToken>>(
        [
            .. tokens.Where(t => string.CompareOrdinal(t.Id.ToString(), before.ToString()) < 0)
                .OrderByDescending(t => t.Id.ToString(), StringComparer.Ordinal).Take(limit),
        ]);

    public ValueTask<bool> RotateAsync(TokenRotation rotation, IReadOnlyList<AuditEntry> audit, CancellationToken cancellationToken)
    {
        OnRotating?.Invoke();
        var at = tokens.FindIndex(t => t.Id == rotation.Id && t.Sha256.Span.SequenceEqual(rotation.Before.Span));
        if (at < 0)
        {
            return ValueTask.FromResult(false);
        }

        old[rotation.Id] = tokens[at].Sha256.ToArray();
        tokens[at] = tokens[at] with { Sha256 = rotation.Sha256, OldUntil = rotation.OldUntil, ExpiresAt = rotation.ExpiresAt };
        Entries.AddRange(audit);
        return ValueTask.FromResult(true);
    }

    public ValueTask<TokenRevoking> RevokeAsync(TokenRevocation revocation, IReadOnlyList<AuditEntry> audit, CancellationToken cancellationToken)
    {
        if (revocation.LeavesOperator && !tokens.Exists(t => t.Id != revocation.Id && t.Bearer.Role == EscapementRole.Operator))
        {
            return ValueTask.FromResult(TokenRevoking.LastOperator);
        }

        Entries.AddRange(audit);
        return ValueTask.FromResult(tokens.RemoveAll(t => t.Id == revocation.Id) == 1 ? TokenRevoking.Done : TokenRevoking.NotThere);
    }

    public ValueTask NoteUsesAsync(IReadOnlyList<Use<Guid>> uses, CancellationToken cancellationToken)
    {
        RefuseWhenAway();
        Uses.AddRange(uses);
        return ValueTask.CompletedTask;
    }

    public ValueTask AppendAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        Entries.AddRange(entries);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<AuditEntry>> ListAsync(AuditWalk walk, int limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<AuditEntry>>([.. Entries.Where(e => e.Tenant == walk.Tenant)]);

    private void RefuseWhenAway()
    {
        if (IsAway)
        {
            throw new StoreUnavailableException("The store is away");
        }
    }
}
