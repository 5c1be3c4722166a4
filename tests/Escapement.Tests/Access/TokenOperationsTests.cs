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
            Assert.False(await operations.RevokeAsync(caller, Ops, other));
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

    private async Task<Guid> MakeAsync(string tenant)
    {
        var wanted = new TokenInput { Name = "x", Role = "viewer", Tenants = [tenant] };
        return Assert.IsType<TokenOutcome.Done>(await operations.CreateAsync(Operator, Ops, wanted)).Token.Id;
    }
}
