using Escapement.Audit;
using Escapement.Repeats;

namespace Escapement.Access;

/// <summary>Making, showing, rotating and revoking tokens. A token that its caller may not see is as if it were not there.</summary>
internal sealed class TokenOperations(ITokenStore store, AuditLog auditLog, AcceptedTokens accepted, TimeProvider time)
{
    /// <summary>How long the old secret works after a rotation when nobody says.</summary>
    public static readonly TimeSpan DefaultGrace = TimeSpan.FromHours(1);

    /// <summary>The longest grace.</summary>
    public static readonly TimeSpan MaxGrace = TimeSpan.FromDays(7);

    /// <summary>How many tokens of one tenant may let in at a time when an admin makes another.</summary>
    public const int MostOfTenant = 500;

    // Of those who see few of many tokens, a page looks at so many and may be short.
    private const int MostLookedAt = 1_000;

    /// <summary>Makes a token.</summary>
    public async ValueTask<TokenOutcome> CreateAsync(EscapementPrincipal by, Actor actor, TokenInput input, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var read = input.Read(now, by.GoodUntil);
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

        if (by.Role != EscapementRole.Operator && await FindFullAsync(bearer.Tenants, now, cancellationToken) is { } full)
        {
            return new TokenOutcome.Invalid([full]);
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
        var done = new TokenOutcome.Done(token, secret);
        AnswerKeeping.Translate<int, TokenOutcome>(_ => done);
        await store.AddAsync(token, Entries(token, actor, "token.create", d => $"{bearer.Name}, {d}; {DescribeExpiry(expiresAt)}"), cancellationToken);
        return done;
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
    /// <param name="expected">Whether it is as the caller saw it; null when they did not say.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<TokenOutcome> RotateAsync(
        EscapementPrincipal by,
        Actor actor,
        Guid id,
        long? graceSeconds,
        string? expires,
        Func<ApiToken, bool>? expected = null,
        CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (await FindToChangeAsync(by, id, cancellationToken) is not { } token)
            {
                return new TokenOutcome.NotFound();
            }

            if (expected?.Invoke(token) == false)
            {
                return new TokenOutcome.ChangedMeanwhile(token);
            }

            var now = time.GetUtcNow();
            var grace = graceSeconds ?? (long)DefaultGrace.TotalSeconds;
            var expiry = TokenInput.ReadExpiry(expires, token.ExpiresAt, now, by.GoodUntil);
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
            var rotation = new TokenRotation(id, token.Sha256, TokenSecret.Hash(secret)!, now.AddSeconds(grace), expiry.Value);
            var done = new TokenOutcome.Done(
                token with { Sha256 = rotation.Sha256, OldUntil = rotation.OldUntil, ExpiresAt = rotation.ExpiresAt }, secret);
            AnswerKeeping.Translate<bool, TokenOutcome>(rotated => rotated ? done : new TokenOutcome.NotFound());
            var detail = $"the old secret works for {grace} s; {DescribeExpiry(expiry.Value)}";
            var rotated = await store.RotateAsync(rotation, Entries(token, actor, "token.rotate", _ => detail), cancellationToken);
            accepted.Forget(id);
            if (rotated)
            {
                return done;
            }
        }
    }

    /// <summary>Revokes a token: on this node at once, on others within <see cref="AcceptedTokens.KeptFor"/>.</summary>
    /// <param name="by">Who asks.</param>
    /// <param name="actor">As the audit calls them.</param>
    /// <param name="id">The token.</param>
    /// <param name="evenLast">Whether it goes even if no other operator's is left.</param>
    /// <param name="expected">Whether it is as the caller saw it; null when they did not say.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<TokenOutcome> RevokeAsync(
        EscapementPrincipal by,
        Actor actor,
        Guid id,
        bool evenLast,
        Func<ApiToken, bool>? expected = null,
        CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (await FindToChangeAsync(by, id, cancellationToken) is not { } token)
            {
                return new TokenOutcome.NotFound();
            }

            if (expected?.Invoke(token) == false)
            {
                return new TokenOutcome.ChangedMeanwhile(token);
            }

            var leavesOperator = !evenLast && token.Bearer.Role == EscapementRole.Operator;
            var revocation = new TokenRevocation(id, token.Sha256, time.GetUtcNow(), leavesOperator);
            var ended = await store.RevokeAsync(revocation, Entries(token, actor, "token.revoke", d => $"{token.Bearer.Name}, {d}"), cancellationToken);
            accepted.Forget(id);
            switch (ended)
            {
                case TokenRevoking.Done:
                    return new TokenOutcome.Revoked();
                case TokenRevoking.LastOperator:
                    return new TokenOutcome.LastOperator();
                default:
                    // It was rotated or revoked in between: looked at again, it is told which.
                    continue;
            }
        }
    }

    // Two that are made at once may be one too many. Operators may make more: they look after all tenants.
    private async ValueTask<Problem?> FindFullAsync(TenantScope wanted, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (ofAll, counts) = (0, wanted.Named.ToDictionary(t => t, _ => 0));
        var before = Guid.AllBitsSet;
        for (IReadOnlyList<ApiToken> page = []; ; before = page[^1].Id)
        {
            page = await store.ListAsync(before, MostLookedAt, cancellationToken);
            foreach (var scope in page.Where(t => !(t.ExpiresAt <= now)).Select(t => t.Bearer.Tenants))
            {
                ofAll += scope.IsAll ? 1 : 0;
                foreach (var tenant in scope.Named.Where(counts.ContainsKey))
                {
                    counts[tenant]++;
                }
            }

            if (page.Count < MostLookedAt)
            {
                break;
            }
        }

        var full = counts.Where(c => c.Value >= MostOfTenant).Select(c => $"Tenant {c.Key}").FirstOrDefault()
            ?? (wanted.IsAll && ofAll >= MostOfTenant ? "The host" : null);
        return full is null ? null : new Problem(
            "tenants",
            "too-many",
            $"{full} has {MostOfTenant} tokens that let in, which is the most that admins may make; revoke some, or wait until they expire");
    }

    private async ValueTask<ApiToken?> FindToChangeAsync(EscapementPrincipal by, Guid id, CancellationToken cancellationToken) =>
        await GetAsync(by, id, cancellationToken) is { } token && by.MayGrant(token.Bearer) ? token : null;

    private IReadOnlyList<AuditEntry> Entries(ApiToken token, Actor actor, string action, Func<string, string> detail) =>
        BearerAudit.Of(time, token.Bearer, actor, action, token.Id, detail);

    private static string Describe(EscapementPrincipal bearer) => $"{bearer.Name}, {BearerAudit.Describe(bearer)}";

    private static string DescribeExpiry(DateTimeOffset? expiresAt) => expiresAt is { } at ? $"expires {Timestamps.Format(at)}" : "never expires";
}
