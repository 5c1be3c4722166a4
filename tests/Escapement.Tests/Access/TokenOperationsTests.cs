using Escapement.Access;
using Escapement.Audit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Tests.Access;

public sealed class TokenOperationsTests : IDisposable
{
    private static readonly Actor Ops = new(ActorKind.Admin, "ops");
    private static readonly EscapementPrincipal Operator = new(EscapementRole.Operator, TenantScope.All, "ops");
    private static readonly EscapementPrincipal Admin = new(EscapementRole.Admin, TenantScope.Of(TenantId.Parse("acme")), "anna");

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly HeldTokens store = new();
    private readonly AuditLog audit;
    private readonly TokenOperations operations;

    public TokenOperationsTests()
    {
        audit = new AuditLog(store, time, NullLogger<AuditLog>.Instance);
        operations = new TokenOperations(store, audit, new AcceptedTokens(store, time), time);
    }

    public void Dispose() => audit.Dispose();

    [Fact]
    public async Task Create_ByAnOperator_LeavesAnEntryWithoutTheSecret()
    {
        var wanted = new TokenInput { Name = "ci", Role = "publisher", ExtensionPrefixes = ["com.acme."] };
        var done = Assert.IsType<TokenOutcome.Done>(await operations.CreateAsync(Operator, Ops, wanted));

        var entry = Assert.Single(store.Entries);
        Assert.Equal(
            (null, "token.create", done.Token.Id.ToString(), "ci, publisher of com.acme.; expires 2026-05-31T09:00:00.000Z"),
            (entry.Tenant?.Value, entry.Action, entry.Target, entry.Detail));
        Assert.Equal(TokenSecret.Hash(done.Secret), done.Token.Sha256.ToArray());
    }

    [Fact]
    public async Task Create_BeyondItsMaker_IsDeniedInTheAuditOfNoTenant()
    {
        Assert.IsType<TokenOutcome.BeyondMaker>(
            await operations.CreateAsync(Admin, Ops, new TokenInput { Name = "x", Role = "viewer", Tenants = ["globex"] }));

        await audit.StartAsync(CancellationToken.None);
        await audit.StopAsync(CancellationToken.None);
        var entry = Assert.Single(store.Entries);
        Assert.Equal((null, AuditOutcome.Denied, "x, viewer of globex"), (entry.Tenant?.Value, entry.Outcome, entry.Detail));
        Assert.Empty((await operations.ListAsync(Operator, before: null, 9)).Tokens);
    }

    [Fact]
    public async Task Changes_OfATokenOfTwoTenants_NameToEachItselfAlone()
    {
        var wanted = new TokenInput { Name = "x", Role = "viewer", Tenants = ["acme", "globex"] };
        var id = Assert.IsType<TokenOutcome.Done>(await operations.CreateAsync(Operator, Ops, wanted)).Token.Id;
        await operations.RevokeAsync(Operator, Ops, id, evenLast: false);

        Assert.Equal(["acme", "globex", "acme", "globex"], store.Entries.Select(e => e.Tenant?.Value));
        Assert.All(store.Entries, e => Assert.StartsWith($"x, viewer of {e.Tenant}", e.Detail, StringComparison.Ordinal));
        Assert.All(store.Entries, e => Assert.DoesNotContain(e.Tenant?.Value == "acme" ? "globex" : "acme", e.Detail, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Create_ByAnAdmin_OneStepEitherSideOfTheMostOfATenant()
    {
        for (var i = 1; i < TokenOperations.MostOfTenant; i++)
        {
            await MakeAsync("acme");
        }

        var wanted = new TokenInput { Name = "x", Role = "viewer", Tenants = ["acme"] };
        await MakeAsync("globex");
        Assert.IsType<TokenOutcome.Done>(await operations.CreateAsync(Admin, Ops, wanted));
        var refused = Assert.IsType<TokenOutcome.Invalid>(await operations.CreateAsync(Admin, Ops, wanted));

        Assert.Equal("too-many", Assert.Single(refused.Problems).Code);
        Assert.IsType<TokenOutcome.Done>(await operations.CreateAsync(Operator, Ops, wanted));
        time.Advance(TokenInput.DefaultLife);
        Assert.IsType<TokenOutcome.Done>(await operations.CreateAsync(Admin, Ops, wanted));
    }

    [Fact]
    public async Task List_OfWhoSeesFewOfVeryMany_IsShortAndGoesOn()
    {
        var own = await MakeAsync("acme");
        for (var i = 0; i < 2_500; i++)
        {
            await MakeAsync("globex");
        }

        var pages = 0;
        var found = new List<ApiToken>();
        for (ApiToken? last = null; pages == 0 || last is not null; pages++)
        {
            (var tokens, last) = await operations.ListAsync(Admin, last?.Id, 100);
            found.AddRange(tokens);
        }

        Assert.Equal(own, Assert.Single(found).Id);
        Assert.Equal(3, pages);
    }

    [Fact]
    public async Task Changes_OfTokensThatTheCallerMayNotGrant_AreOfNoToken()
    {
        var other = await MakeAsync("globex");
        var viewer = new EscapementPrincipal(EscapementRole.Viewer, TenantScope.Of(TenantId.Parse("globex")), "victor");
        Assert.NotNull(await operations.GetAsync(viewer, other));
        foreach (var caller in (EscapementPrincipal[])[Admin, viewer])
        {
            Assert.IsType<TokenOutcome.NotFound>(await operations.RotateAsync(caller, Ops, other, graceSeconds: null, expires: null));
            Assert.IsType<TokenOutcome.NotFound>(await operations.RevokeAsync(caller, Ops, other, evenLast: false));
        }

        Assert.NotNull(await operations.GetAsync(Operator, other));
    }

    [Fact]
    public async Task Rotate_WithoutASay_GracesAnHourAndKeepsTheExpiry()
    {
        var id = await MakeAsync("acme");
        var expires = (await operations.GetAsync(Admin, id))!.ExpiresAt;
        time.Advance(TimeSpan.FromDays(1));

        var done = Assert.IsType<TokenOutcome.Done>(await operations.RotateAsync(Admin, Ops, id, graceSeconds: null, expires: null));

        Assert.Equal((time.GetUtcNow().AddHours(1), expires), (done.Token.OldUntil, done.Token.ExpiresAt));
    }

    [Theory]
    [InlineData(null, 10)]
    [InlineData("2026-03-12T09:00:00Z", 10)]
    [InlineData("2026-03-12T09:00:00.001Z", null)]
    [InlineData("never", null)]
    public async Task Create_ByATokenThatExpires_DoesNotOutlastIt(string? expires, int? days)
    {
        var by = Operator with { GoodUntil = time.GetUtcNow().AddDays(10) };
        var outcome = await operations.CreateAsync(by, Ops, new TokenInput { Name = "x", Role = "operator", Expires = expires });
        if (days is { } until)
        {
            Assert.Equal(time.GetUtcNow().AddDays(until), Assert.IsType<TokenOutcome.Done>(outcome).Token.ExpiresAt);
        }
        else
        {
            Assert.Equal("outlasts-maker", Assert.Single(Assert.IsType<TokenOutcome.Invalid>(outcome).Problems).Code);
        }
    }

    [Fact]
    public async Task Rotate_OfOneThatLastsLonger_DoesNotHandOutALongerSecret()
    {
        var id = await MakeAsync("acme");
        var by = Admin with { GoodUntil = time.GetUtcNow().AddDays(1) };
        var refused = Assert.IsType<TokenOutcome.Invalid>(await operations.RotateAsync(by, Ops, id, graceSeconds: null, expires: null));
        Assert.Equal("outlasts-maker", Assert.Single(refused.Problems).Code);
        Assert.IsType<TokenOutcome.Done>(await operations.RotateAsync(by, Ops, id, graceSeconds: null, expires: "2026-03-03T09:00:00Z"));
    }

    [Fact]
    public async Task Revoke_OfTheLastOperators_IsRefusedUnlessItIsMeant()
    {
        var wanted = new TokenInput { Name = "x", Role = "operator" };
        var first = Assert.IsType<TokenOutcome.Done>(await operations.CreateAsync(Operator, Ops, wanted)).Token.Id;
        var second = Assert.IsType<TokenOutcome.Done>(await operations.CreateAsync(Operator, Ops, wanted)).Token.Id;
        Assert.IsType<TokenOutcome.Revoked>(await operations.RevokeAsync(Operator, Ops, first, evenLast: false));
        Assert.IsType<TokenOutcome.LastOperator>(await operations.RevokeAsync(Operator, Ops, second, evenLast: false));
        Assert.NotNull(await operations.GetAsync(Operator, second));
        Assert.IsType<TokenOutcome.Revoked>(await operations.RevokeAsync(Operator, Ops, second, evenLast: true));
    }

    [Fact]
    public async Task Rotate_WhileAnotherRotates_SeesThatOnesSecret()
    {
        var id = await MakeAsync("acme");
        var seen = (await operations.GetAsync(Operator, id))!;
        var turns = 0;
        store.OnRotating = () =>
        {
            if (turns++ == 0)
            {
                // Runs to its end at once: the store is in memory.
                _ = operations.RotateAsync(Operator, Ops, id, graceSeconds: null, expires: null).AsTask().GetAwaiter().GetResult();
            }
        };

        var changed = await operations.RotateAsync(Operator, Ops, id, graceSeconds: null, expires: null, t => t.Sha256.Span.SequenceEqual(seen.Sha256.Span));

        Assert.IsType<TokenOutcome.ChangedMeanwhile>(changed);
        Assert.Single(store.Entries, e => e.Action == "token.rotate");
    }

    private async Task<Guid> MakeAsync(string tenant)
    {
        var wanted = new TokenInput { Name = "x", Role = "viewer", Tenants = [tenant] };
        return Assert.IsType<TokenOutcome.Done>(await operations.CreateAsync(Operator, Ops, wanted)).Token.Id;
    }
}
