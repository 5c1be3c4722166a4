using Escapement.Access;
using Escapement.Noting;

namespace Escapement.Stores.Conformance;

public abstract class SessionFacts(IStoreFixture store) : StoreFacts(store)
{
    private static readonly EscapementPrincipal Anna =
        new(EscapementRole.Publisher, TenantScope.Of(Acme, Globex), "anna \u00e4") { ExtensionPrefixes = ["com.acme."] };

    [Fact]
    public async Task Add_WithAndWithoutAToken_ComesBackAsGiven()
    {
        ConsoleSession[] sessions = [NewSession(1) with { TokenSha256 = "0A0B" }, NewSession(2)];
        foreach (var session in sessions)
        {
            await Store.Sessions.AddAsync(session, Minute(-1), []);
        }

        foreach (var session in sessions)
        {
            var found = await Store.Sessions.FindAsync(session.Sha256);
            Assert.NotNull(found);
            Assert.Equal(
                (session.Id, session.TokenSha256, session.CreatedAt, session.LastUsedAt, Convert.ToHexString(session.Sha256.Span)),
                (found.Id, found.TokenSha256, found.CreatedAt, found.LastUsedAt, Convert.ToHexString(found.Sha256.Span)));
            Assert.Equal((Anna.Role, Anna.Name), (found.Bearer.Role, found.Bearer.Name));
            Assert.Equal(Anna.Tenants.Named, found.Bearer.Tenants.Named);
            Assert.Equal(Anna.ExtensionPrefixes, found.Bearer.ExtensionPrefixes);
        }

        Assert.Null(await Store.Sessions.FindAsync(NewSession(3).Sha256));
    }

    [Fact]
    public async Task Add_WhenThereAreOldOnes_TakesThoseAway()
    {
        var (old, recent) = (NewSession(1) with { CreatedAt = Minute(9) }, NewSession(2) with { CreatedAt = Minute(10) });
        await Store.Sessions.AddAsync(old, Minute(0), []);
        await Store.Sessions.AddAsync(recent, Minute(0), []);

        await Store.Sessions.AddAsync(NewSession(3), removeBefore: Minute(10), [Entry("session.begin"), Entry("session.begin", Globex)]);

        Assert.Null(await Store.Sessions.FindAsync(old.Sha256));
        Assert.NotNull(await Store.Sessions.FindAsync(recent.Sha256));
        Assert.Single(await Store.Audit.ListAsync(Globex, 9));
    }

    [Fact]
    public async Task NoteUses_OfSeveral_KeepsTheLatestOfEach()
    {
        var (one, two) = (NewSession(1), NewSession(2));
        await Store.Sessions.AddAsync(one, Minute(-1), []);
        await Store.Sessions.AddAsync(two, Minute(-1), []);

        await Store.Sessions.NoteUsesAsync([new Use<Guid>(one.Id, Minute(2)), new Use<Guid>(two.Id, Minute(-2)), new Use<Guid>(NewId(), Minute(2))]);
        await Store.Sessions.NoteUsesAsync([new Use<Guid>(one.Id, Minute(1))]);

        Assert.Equal(Minute(2), (await Store.Sessions.FindAsync(one.Sha256))!.LastUsedAt);
        Assert.Equal(T0, (await Store.Sessions.FindAsync(two.Sha256))!.LastUsedAt);
    }

    [Fact]
    public async Task List_PageByPage_IsAllOfThemTheLatestFirst()
    {
        ConsoleSession[] sessions = [NewSession(1) with { TokenSha256 = "0A" }, NewSession(2), NewSession(3)];
        foreach (var session in sessions)
        {
            await Store.Sessions.AddAsync(session, Minute(-1), []);
        }

        var first = await Store.Sessions.ListAsync(Guid.AllBitsSet, 2);
        Assert.Equal([sessions[2].Id, sessions[1].Id], first.Select(s => s.Id));
        Assert.Equal(("0A", Anna.Name), (await Store.Sessions.ListAsync(first[1].Id, 2)) is [var last] ? (last.TokenSha256, last.Bearer.Name) : default);
        Assert.Equal(sessions[1].CreatedAt, (await Store.Sessions.GetAsync(sessions[1].Id))!.CreatedAt);
        Assert.Null(await Store.Sessions.GetAsync(NewId()));
    }

    [Fact]
    public async Task End_ThatOne_IsNotThereAnyMore()
    {
        var (one, two) = (NewSession(1), NewSession(2));
        await Store.Sessions.AddAsync(one, Minute(-1), []);
        await Store.Sessions.AddAsync(two, Minute(-1), []);

        await Store.Sessions.EndAsync(one.Id, [Entry("session.end"), Entry("session.end", Globex)]);
        await Store.Sessions.EndAsync(one.Id, [Entry("session.end")]);

        Assert.Single(await Store.Audit.ListAsync(Acme, 9));
        Assert.Single(await Store.Audit.ListAsync(Globex, 9));
        Assert.Null(await Store.Sessions.FindAsync(one.Sha256));
        Assert.NotNull(await Store.Sessions.FindAsync(two.Sha256));
    }

    [Fact]
    public async Task Add_MoreThanATokenMayHave_EndsItsOldest()
    {
        var (first, another, signedIn) = (NewSession(101) with { TokenSha256 = "0A" }, NewSession(102) with { TokenSha256 = "0B" }, NewSession(103));
        foreach (var session in (ConsoleSession[])[first, another, signedIn])
        {
            await Store.Sessions.AddAsync(session, Minute(-1), []);
        }

        for (byte i = 1; i < ConsoleSession.MostOfToken; i++)
        {
            await Store.Sessions.AddAsync(NewSession(i) with { TokenSha256 = "0A", CreatedAt = Minute(1) }, Minute(-1), []);
        }

        Assert.NotNull(await Store.Sessions.FindAsync(first.Sha256));
        await Store.Sessions.AddAsync(NewSession(100) with { TokenSha256 = "0A", CreatedAt = Minute(1) }, Minute(-1), []);

        Assert.Null(await Store.Sessions.FindAsync(first.Sha256));
        Assert.NotNull(await Store.Sessions.FindAsync(another.Sha256));
        Assert.NotNull(await Store.Sessions.FindAsync(signedIn.Sha256));
    }

    [Fact]
    public async Task TakeCode_Twice_AnswersItOnce()
    {
        var (one, two) = (new SignInCode(new byte[] { 8, 1 }, "0A0B", Minute(5)), new SignInCode(new byte[] { 8, 2 }, "0C", Minute(6)));
        await Store.Sessions.AddCodeAsync(one, Minute(0), [Entry("session.code"), Entry("session.code", Globex)]);
        await Store.Sessions.AddCodeAsync(two, Minute(0), []);

        var taken = await Store.Sessions.TakeCodeAsync(one.Sha256);

        Assert.NotNull(taken);
        Assert.Equal(("0801", "0A0B", Minute(5)), (Convert.ToHexString(taken.Sha256.Span), taken.TokenSha256, taken.ExpiresAt));
        Assert.Null(await Store.Sessions.TakeCodeAsync(one.Sha256));
        Assert.Equal("0C", (await Store.Sessions.TakeCodeAsync(two.Sha256))?.TokenSha256);
        Assert.Single(await Store.Audit.ListAsync(Globex, 9));
    }

    [Fact]
    public async Task TakeCode_BySeveralAtOnce_AnswersOneOfThem()
    {
        var code = new SignInCode(new byte[] { 8, 1 }, "0A0B", Minute(5));
        await Store.Sessions.AddCodeAsync(code, Minute(0), []);

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Store.Sessions.TakeCodeAsync(code.Sha256).AsTask()));

        Assert.Single(taken, t => t is not null);
    }

    [Fact]
    public async Task AddCode_WhenOthersHaveExpired_TakesThoseAway()
    {
        var (old, recent) = (new SignInCode(new byte[] { 8, 1 }, "0A", Minute(5)), new SignInCode(new byte[] { 8, 2 }, "0B", Minute(6)));
        await Store.Sessions.AddCodeAsync(old, Minute(0), []);
        await Store.Sessions.AddCodeAsync(recent, Minute(0), []);

        await Store.Sessions.AddCodeAsync(new SignInCode(new byte[] { 8, 3 }, "0C", Minute(9)), now: Minute(5), []);

        Assert.Null(await Store.Sessions.TakeCodeAsync(old.Sha256));
        Assert.NotNull(await Store.Sessions.TakeCodeAsync(recent.Sha256));
    }

    [Fact]
    public async Task AddCode_MoreThanATokenMayHave_EndsItsOldest()
    {
        var first = new SignInCode(new byte[] { 9, 255 }, "0A", Minute(5));
        var another = new SignInCode(new byte[] { 9, 254 }, "0B", Minute(5));
        foreach (var code in (SignInCode[])[first, another, .. Enumerable.Range(1, SignInCode.MostOfToken - 1).Select(AtTheSameTime)])
        {
            await Store.Sessions.AddCodeAsync(code, Minute(0), []);
        }

        var last = AtTheSameTime(0);
        await Store.Sessions.AddCodeAsync(last, Minute(0), []);

        Assert.Null(await Store.Sessions.TakeCodeAsync(first.Sha256));
        Assert.NotNull(await Store.Sessions.TakeCodeAsync(last.Sha256));
        Assert.NotNull(await Store.Sessions.TakeCodeAsync(AtTheSameTime(1).Sha256));
        Assert.NotNull(await Store.Sessions.TakeCodeAsync(another.Sha256));

        static SignInCode AtTheSameTime(int hash) => new(new byte[] { 9, (byte)hash }, "0A", Minute(6));
    }

    private static ConsoleSession NewSession(byte hash) => new()
    {
        Id = NewId(),
        Sha256 = new byte[] { 7, hash },
        Bearer = Anna,
        CreatedAt = T0,
        LastUsedAt = T0,
    };
}
