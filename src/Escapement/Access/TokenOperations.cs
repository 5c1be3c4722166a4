using Escapement.Audit;

namespace Escapement.Access;

/// <summary>Making, showing, rotating and revoking tokens. A token that its caller may not see is as if it were not there.</summary>
internal sealed class TokenOperations(ITokenStore store, AuditLog auditLog, AcceptedTokens accepted, TimeProvider time)
{
    /// <summary>How long the old secret works after a rotation when nobody says.</summary>
    public static readonly TimeSpan DefaultGrace = TimeSpan.FromHours(1);

    /// <summary>The longest grace.</summary>
    public static readonly TimeSpan MaxGrace = TimeSpan.FromDays(7);

    // Of those who see few of many tokens, a page looks at so many and may be short.
    private const int MostLookedAt = 1_000;

    /// <summary>Makes a token.</summary>
    public async ValueTask<TokenOutcome> CreateAsync(EscapementPrincipal by, Actor actor, TokenInput input, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var read = input.Read(now);
        if (!read.IsOk)
        {
            return new TokenOutcome.Invalid(read.Problems);
        }

        var (bearer, expiresAt) = read.Value;
        var id = Ids.Next(time);
        if (!by.MayGrant(bearer))
        {
            // Of no tenant: whoever it names tenants that are not its own must not write into what those see.
            var denied = AuditEntry.Of(time, scope: null, actor, "token.create", target: null, AuditOutcome.Denied, Describe(bearer));
            await auditLog.RecordAsync(denied, cancellationToken);
            return new TokenOutcome.BeyondMaker();
        }

        var secret = TokenSecret.Make();
        var token = new ApiToken
        {
            Id = id,
            Bearer = bearer,
            Sha256 = TokenSecret.Hash(secret)!,
            MadeBy = actor.Id,
            CreatedAt = now,
            ExpiresAt = expiresAt,
        };
        await store.AddAsync(token, Entries(token, actor, "token.create", $"{Describe(bearer)}; {DescribeExpiry(expiresAt)}"), cancellationToken);
        return new TokenOutcome.Done(token, secret);
    }

    /// <summary>A token, or null.</summary>
    public async ValueTask<ApiToken?> GetAsync(EscapementPrincipal by, Guid id, CancellationToken cancellationToken = default) =>
        await store.GetAsync(id, cancellationToken) is { } token && by.SeesToken(token.Bearer) ? token : null;

    /// <summary>The tokens that a caller sees, newest first: those before an id, at most so many, and the token after which there may be more.</summary>
    public async ValueTask<(IReadOnlyList<ApiToken> Tokens, ApiToken? Last)> ListAsync(
        EscapementPrincipal by, Guid? before, int limit, CancellationToken cancellationToken = default)
    {
        var found = new List<ApiToken>();
        ApiToken? last = null;
        for (var looked = 0; looked < MostLookedAt;)
        {
            var rows = await store.ListAsync(last?.Id ?? before ?? Guid.AllBitsSet, limit + 1, cancellationToken);
            foreach (var token in rows)
            {
                if (found.Count == limit)
                {
                    return (found, last);
                }

                last = token;
                if (by.SeesToken(token.Bearer))
                {
                    found.Add(token);
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

    /// <summary>Gives a token another secret; the one that it has works through a grace.</summary>
    /// <param name="by">Who asks.</param>
    /// <param name="actor">As the audit calls them.</param>
    /// <param name="id">The token.</param>
    /// <param name="graceSeconds">How long the old secret goes on working; null for the default.</param>
    /// <param name="expires">An instant, <c>never</c>, or null for no change.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<TokenOutcome> RotateAsync(
        EscapementPrincipal by, Actor actor, Guid id, long? graceSeconds, string? expires, CancellationToken cancellationToken = default)
    {
        if (await GetAsync(by, id, cancellationToken) is not { } token || !by.MayGrant(token.Bearer))
        {
            return new TokenOutcome.NotFound();
        }

        var now = time.GetUtcNow();
        var grace = graceSeconds ?? (long)DefaultGrace.TotalSeconds;
        var expiry = TokenInput.ReadExpiry(expires, token.ExpiresAt, now);
        var problems = expiry.Problems.ToList();
        if (grace < 0 || grace > MaxGrace.TotalSeconds)
        {
            problems.Add(new Problem("graceSeconds", "graceSeconds", $"graceSeconds must be between 0 and {MaxGrace.TotalSeconds}"));
        }

        if (problems.Count > 0)
        {
            return new TokenOutcome.Invalid(problems);
        }

        var secret = TokenSecret.Make();
        var rotation = new TokenRotation(id, TokenSecret.Hash(secret)!, now.AddSeconds(grace), expiry.Value);
        var detail = $"the old secret works for {grace} s; {DescribeExpiry(expiry.Value)}";
        var done = await store.RotateAsync(rotation, Entries(token, actor, "token.rotate", detail), cancellationToken);
        accepted.Forget(id);
        return done
            ? new TokenOutcome.Done(token with { Sha256 = rotation.Sha256, OldUntil = rotation.OldUntil, ExpiresAt = rotation.ExpiresAt }, secret)
            : new TokenOutcome.NotFound();
    }

    /// <summary>Revokes a token: on this node at once, on others within <see cref="AcceptedTokens.KeptFor"/>.</summary>
    public async ValueTask<bool> RevokeAsync(EscapementPrincipal by, Actor actor, Guid id, CancellationToken cancellationToken = default)
    {
        if (await GetAsync(by, id, cancellationToken) is not { } token || !by.MayGrant(token.Bearer))
        {
            return false;
        }

        var done = await store.RevokeAsync(id, time.GetUtcNow(), Entries(token, actor, "token.revoke", Describe(token.Bearer)), cancellationToken);
        accepted.Forget(id);
        return done;
    }

    // Whoever reads a tenant's audit is to see who was let in to it.
    private List<AuditEntry> Entries(ApiToken token, Actor actor, string action, string detail)
    {
        AuditEntry Entry(TenantId? tenant) => AuditEntry.Of(time, scope: null, actor, action, token.Id.ToString(), detail: detail) with { Tenant = tenant };
        return token.Bearer.Tenants.IsAll ? [Entry(null)] : [.. token.Bearer.Tenants.Named.Select(t => Entry(t))];
    }

    private static string Describe(EscapementPrincipal bearer) => $"{bearer.Name}, {bearer.Role.ToString().ToLowerInvariant()} of "
        + (bearer.ExtensionPrefixes is { } prefixes ? string.Join(", ", prefixes.Order(StringComparer.Ordinal))
            : bearer.Tenants.IsAll ? "all" : string.Join(", ", bearer.Tenants.Named));

    private static string DescribeExpiry(DateTimeOffset? expiresAt) => expiresAt is { } at ? $"expires {Timestamps.Format(at)}" : "never expires";
}
