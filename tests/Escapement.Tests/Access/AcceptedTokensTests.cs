using Escapement.Access;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Tests.Access;

public sealed class AcceptedTokensTests
{
    private static readonly byte[] Hash = [1, 2, 3];
    private static readonly byte[] NewHash = [4, 5, 6];

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly HeldTokens store = new();
    private readonly AcceptedTokens accepted;

    public AcceptedTokensTests() => accepted = new AcceptedTokens(store, time);

    [Fact]
    public async Task Find_AgainAndAgain_AsksTheStoreEveryFiveSeconds()
    {
        await AddAsync();
        for (var i = 0; i < 20; i++)
        {
            Assert.NotNull(await FindAsync());
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(4, store.Asked);
    }

    [Fact]
    public async Task Find_RevokedOnAnotherNode_LetsInForFiveSecondsAndNoLonger()
    {
        var token = await AddAsync();
        Assert.NotNull(await FindAsync());
        await store.RevokeAsync(new TokenRevocation(token.Id, token.Sha256, time.GetUtcNow(), LeavesOperator: false), [], CancellationToken.None);

        time.Advance(AcceptedTokens.KeptFor - TimeSpan.FromMilliseconds(1));
        Assert.NotNull(await FindAsync());
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(await FindAsync());
        Assert.Null(await FindAsync(withoutStore: true));
    }

    [Fact]
    public async Task Find_RevokedHere_LetsInNoMore()
    {
        var token = await AddAsync();
        Assert.NotNull(await FindAsync());
        await store.RevokeAsync(new TokenRevocation(token.Id, token.Sha256, time.GetUtcNow(), LeavesOperator: false), [], CancellationToken.None);
        accepted.Forget(token.Id);

        Assert.Null(await FindAsync());
    }

    [Fact]
    public async Task Find_Expired_LetsInUntilThatInstantThoughItIsKept()
    {
        await AddAsync(expiresIn: TimeSpan.FromSeconds(2));
        time.Advance(TimeSpan.FromSeconds(2) - TimeSpan.FromTicks(1));
        Assert.NotNull(await FindAsync());
        time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(await FindAsync());
    }

    [Fact]
    public async Task Find_SecretBeforeTheRotation_LetsInThroughTheGrace()
    {
        var token = await AddAsync();
        var until = time.GetUtcNow().AddSeconds(3);
        await store.RotateAsync(new TokenRotation(token.Id, token.Sha256, NewHash, until, null), [], CancellationToken.None);

        Assert.NotNull(await FindAsync());
        Assert.NotNull(await accepted.FindAsync(NewHash, withoutStore: false));
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.Null(await FindAsync());
        Assert.NotNull(await accepted.FindAsync(NewHash, withoutStore: false));
    }

    [Fact]
    public async Task Find_StoreAway_LetsInWhoWasSeenBeforeWhereNoStoreIsNeeded()
    {
        await AddAsync(expiresIn: TimeSpan.FromHours(1));
        Assert.NotNull(await FindAsync());
        store.IsAway = true;
        time.Advance(TimeSpan.FromMinutes(10));

        Assert.NotNull(await FindAsync(withoutStore: true));
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await FindAsync());
        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await accepted.FindAsync(NewHash, withoutStore: true));
        time.Advance(TimeSpan.FromHours(1));
        Assert.Null(await FindAsync(withoutStore: true));
    }

    [Fact]
    public async Task Find_VeryManyTokens_KeepsABoundedNumber()
    {
        for (var i = 0; i <= AcceptedTokens.Most; i++)
        {
            var hash = BitConverter.GetBytes(i);
            await AddAsync(hash: hash);
            Assert.NotNull(await accepted.FindAsync(hash, withoutStore: false));
        }

        var asked = store.Asked;
        Assert.NotNull(await accepted.FindAsync(BitConverter.GetBytes(AcceptedTokens.Most), withoutStore: false));
        Assert.Equal(asked, store.Asked);
        Assert.NotNull(await accepted.FindAsync(BitConverter.GetBytes(0), withoutStore: false));
        Assert.Equal(asked + 1, store.Asked);
    }

    private ValueTask<ApiToken?> FindAsync(bool withoutStore = false) => accepted.FindAsync(Hash, withoutStore);

    private async Task<ApiToken> AddAsync(TimeSpan? expiresIn = null, byte[]? hash = null)
    {
        var token = new ApiToken
        {
            Id = Guid.NewGuid(),
            Bearer = new EscapementPrincipal(EscapementRole.Viewer, TenantScope.All, "somebody"),
            Sha256 = hash ?? Hash,
            MadeBy = "test",
            CreatedAt = time.GetUtcNow(),
            ExpiresAt = time.GetUtcNow() + expiresIn,
        };
        await store.AddAsync(token, [], CancellationToken.None);
        return token;
    }
}
