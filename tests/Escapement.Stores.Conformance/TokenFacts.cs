using Escapement.Access;
using Escapement.Audit;
using Escapement.Noting;

namespace Escapement.Stores.Conformance;

public abstract class TokenFacts(IStoreFixture store) : StoreFacts(store)
{
    [Fact]
    public async Task AddFirst_ManyAtOnce_AddsOneAndNoneLater()
    {
        var added = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => Task.Run(async () => await Store.Tokens.AddFirstAsync(NewToken((byte)i)))));

        Assert.Single(added, a => a);
        Assert.False(await Store.Tokens.AddFirstAsync(NewToken(9)));
        Assert.Null(await Store.Tokens.FindAsync(Hash(9)));
    }

    [Fact]
    public async Task AddFirst_AfterAllWereRevoked_AddsNone()
    {
        var token = NewToken(1);
        Assert.True(await Store.Tokens.AddFirstAsync(token));
        Assert.Equal(TokenRevoking.Done, await RevokeAsync(token));

        Assert.False(await Store.Tokens.AddFirstAsync(NewToken(2)));
    }

    [Fact]
    public async Task Add_OfEveryKind_ComesBackAsGiven()
    {
        ApiToken[] tokens =
        [
            NewToken(1, new EscapementPrincipal(EscapementRole.Operator, TenantScope.All, "ops \u00e4")) with { ExpiresAt = null },
            NewToken(2, new EscapementPrincipal(EscapementRole.Admin, TenantScope.Of(Globex, Acme), "admin")),
            NewToken(3, new EscapementPrincipal(EscapementRole.Viewer, TenantScope.All, "viewer")),
            NewToken(4, new EscapementPrincipal(EscapementRole.Gateway, TenantScope.Of(Acme), "gateway")),
            NewToken(5, new EscapementPrincipal(EscapementRole.Publisher, TenantScope.All, "publisher") { ExtensionPrefixes = ["com.b.", "com.a."] }),
        ];
        foreach (var token in tokens)
        {
            await Store.Tokens.AddAsync(token, [Entry("token.create", target: token.Id.ToString())]);
        }

        foreach (var token in tokens)
        {
            Assert.Equal(Shown(token), Shown(await Store.Tokens.FindAsync(token.Sha256)));
            Assert.Equal(Shown(token), Shown(await Store.Tokens.GetAsync(token.Id)));
        }

        Assert.Equal(tokens.Reverse().Select(Shown), (await Store.Tokens.ListAsync(Guid.AllBitsSet, 9)).Select(Shown));
        Assert.Equal([tokens[2].Id, tokens[1].Id], (await Store.Tokens.ListAsync(tokens[3].Id, 2)).Select(t => t.Id));
        Assert.Equal(tokens.Reverse().Select(t => t.Id.ToString()), (await Store.Audit.ListAsync(Acme, 9)).Select(e => e.Target));
    }

    [Fact]
    public async Task Rotate_Twice_TheTwoLastSecretsAreFoundAndTheOneBeforeIsNot()
    {
        var token = await AddedAsync(1);

        Assert.True(await Store.Tokens.RotateAsync(new TokenRotation(token.Id, Hash(1), Hash(2), Minute(10), Minute(20)), [Entry("token.rotate")]));
        var first = await Store.Tokens.FindAsync(Hash(1));
        Assert.True(await Store.Tokens.RotateAsync(new TokenRotation(token.Id, Hash(2), Hash(3), Minute(30), null), [Entry("token.rotate")]));

        Assert.Equal(Shown(token with { Sha256 = Hash(2), OldUntil = Minute(10), ExpiresAt = Minute(20) }), Shown(first));
        Assert.Null(await Store.Tokens.FindAsync(Hash(1)));
        var last = Shown(token with { Sha256 = Hash(3), OldUntil = Minute(30), ExpiresAt = null });
        Assert.Equal(last, Shown(await Store.Tokens.FindAsync(Hash(2))));
        Assert.Equal(last, Shown(await Store.Tokens.FindAsync(Hash(3))));
        Assert.Equal(2, (await Store.Audit.ListAsync(Acme, 9)).Count);
    }

    [Fact]
    public async Task Revoke_ThatOne_IsAsIfItWereNotThere()
    {
        var token = await AddedAsync(1);
        var other = await AddedAsync(2);

        Assert.Equal(TokenRevoking.Done, await RevokeAsync(token, audit: [Entry("token.revoke"), Entry("token.revoke", Globex)]));

        Assert.Null(await Store.Tokens.FindAsync(token.Sha256));
        Assert.Null(await Store.Tokens.GetAsync(token.Id));
        Assert.Equal(other.Id, Assert.Single(await Store.Tokens.ListAsync(Guid.AllBitsSet, 9)).Id);
        Assert.Single(await Store.Audit.ListAsync(Acme, 9));
        Assert.Single(await Store.Audit.ListAsync(Globex, 9));
    }

    [Fact]
    public async Task Changes_OfNoToken_AnswerNoAndLeaveNoEntry()
    {
        var gone = await AddedAsync(1);
        await RevokeAsync(gone);
        foreach (var token in (ApiToken[])[gone, NewToken(1), (await AddedAsync(4)) with { Sha256 = Hash(5) }])
        {
            Assert.False(await Store.Tokens.RotateAsync(new TokenRotation(token.Id, token.Sha256, Hash(2), Minute(1), null), [Entry("token.rotate")]));
            Assert.Equal(TokenRevoking.NotThere, await RevokeAsync(token, audit: [Entry("token.revoke")]));
        }

        Assert.Null(await Store.Tokens.FindAsync(Hash(2)));
        Assert.Empty(await Store.Audit.ListAsync(Acme, 9));
    }

    [Fact]
    public async Task Revoke_LastOperatorsAtOnce_LeavesOne()
    {
        ApiToken[] operators = [await AddedAsync(1), await AddedAsync(2), await AddedAsync(3)];
        await Store.Tokens.AddAsync(NewToken(4) with { ExpiresAt = Minute(1) }, []);
        await Store.Tokens.AddAsync(NewToken(5, new EscapementPrincipal(EscapementRole.Admin, TenantScope.All, "admin")), []);

        var ends = await Task.WhenAll(operators.Select(t => Task.Run(async () => await RevokeAsync(t, leavesOperator: true, [Entry("token.revoke")]))));

        Assert.Equal(2, ends.Count(e => e == TokenRevoking.Done));
        Assert.Single(ends, e => e == TokenRevoking.LastOperator);
        Assert.Equal(2, (await Store.Audit.ListAsync(Acme, 9)).Count);
    }

    [Fact]
    public async Task NoteUses_OfSeveral_KeepsTheLatestOfEach()
    {
        var (one, two) = (await AddedAsync(1), await AddedAsync(2));

        await Store.Tokens.NoteUsesAsync([new Use<Guid>(one.Id, Minute(2)), new Use<Guid>(two.Id, Minute(2)), new Use<Guid>(NewId(), Minute(2))]);
        await Store.Tokens.NoteUsesAsync([new Use<Guid>(one.Id, Minute(1)), new Use<Guid>(two.Id, Minute(3))]);

        Assert.Equal(Minute(2), (await Store.Tokens.GetAsync(one.Id))!.LastUsedAt);
        Assert.Equal(Minute(3), (await Store.Tokens.GetAsync(two.Id))!.LastUsedAt);
    }

    private static byte[] Hash(byte n) => [1, 2, n];

    private static ApiToken NewToken(byte hash, EscapementPrincipal? bearer = null) => new()
    {
        Id = NewId(),
        Bearer = bearer ?? new EscapementPrincipal(EscapementRole.Operator, TenantScope.All, "ops"),
        Sha256 = Hash(hash),
        MadeBy = "somebody",
        CreatedAt = T0,
        ExpiresAt = Minute(60),
    };

    private async Task<TokenRevoking> RevokeAsync(ApiToken token, bool leavesOperator = false, params IReadOnlyList<AuditEntry> audit) =>
        await Store.Tokens.RevokeAsync(new TokenRevocation(token.Id, token.Sha256, Minute(1), leavesOperator), audit);

    private async Task<ApiToken> AddedAsync(byte hash)
    {
        var token = NewToken(hash);
        await Store.Tokens.AddAsync(token, []);
        return token;
    }

    // Everything in it, as a text that can be compared.
    private static string Shown(ApiToken? token) => token is null ? "none" : string.Join(
        ' ',
        token.Id,
        token.Bearer.Role,
        token.Bearer.Name,
        token.Bearer.Tenants.IsAll ? "all" : string.Join(',', token.Bearer.Tenants.Named),
        string.Join(',', (token.Bearer.ExtensionPrefixes ?? ["none"]).Order(StringComparer.Ordinal)),
        Convert.ToHexString(token.Sha256.Span),
        token.OldUntil,
        token.MadeBy,
        token.CreatedAt,
        token.ExpiresAt,
        token.LastUsedAt);
}
