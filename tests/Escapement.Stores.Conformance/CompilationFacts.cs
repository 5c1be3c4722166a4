using System.Security.Cryptography;
using Escapement.Compiling;

namespace Escapement.Stores.Conformance;

public abstract class CompilationFacts(IStoreFixture store) : StoreFacts(store)
{
    private const string Engine = "0123456789abcdef";
    private const string OtherEngine = "fedcba9876543210";

    private static readonly string Component = new('c', 64);

    [Fact]
    public async Task Get_NobodyBegan_AnswersNull()
    {
        Assert.Null(await Store.Compilations.GetAsync(Component, Engine));
        Assert.Empty(await Store.Compilations.ListAsync(Engine));
    }

    [Fact]
    public async Task Claim_ByTwo_IsTheFirstOnes()
    {
        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () => await ClaimAsync(Lease()))));

        Assert.Equal(1, Assert.Single(claims.OfType<CompilationClaim.Taken>()).Attempt);
        Assert.Equal(7, claims.OfType<CompilationClaim.Elsewhere>().Count());
        Assert.Equal(new Compilation(CompilationState.Compiling, null, Minute(0)), await Store.Compilations.GetAsync(Component, Engine));
    }

    [Fact]
    public async Task Claim_LeaseRanOut_IsTakenOverAndTheFirstCannotEndIt()
    {
        var lost = Lease();
        await ClaimAsync(lost);
        Assert.IsType<CompilationClaim.Elsewhere>(await ClaimAsync(Lease(Minute(1)), Minute(0.5)));

        var next = Lease(Minute(2));
        Assert.Equal(new CompilationClaim.Taken(2), await ClaimAsync(next, Minute(0.6)));
        Assert.False(await Store.Compilations.ExtendAsync(lost with { Until = Minute(9) }));
        Assert.False(await Store.Compilations.EndAsync(lost, new CompilationEnd(), Minute(0.7)));
        Assert.True(await Store.Compilations.EndAsync(next, new CompilationEnd(), Minute(0.7)));
    }

    [Fact]
    public async Task Extend_Held_KeepsOthersAway()
    {
        var lease = Lease();
        await ClaimAsync(lease);
        Assert.True(await Store.Compilations.ExtendAsync(lease with { Until = Minute(5) }));
        Assert.IsType<CompilationClaim.Elsewhere>(await ClaimAsync(Lease(Minute(9)), Minute(4.9)));
    }

    [Theory]
    [InlineData(null, CompilationState.Compiled)]
    [InlineData("It has no handler \u00e4", CompilationState.Refused)]
    public async Task End_Held_ComesBackAsGivenAndIsNotDoneAgain(string? reason, CompilationState state)
    {
        var lease = Lease();
        await ClaimAsync(lease);
        Assert.True(await Store.Compilations.EndAsync(lease, new CompilationEnd(reason), Minute(0.2)));

        var ended = new Compilation(state, reason, Minute(0), Minute(0.2));
        Assert.Equal(ended, await Store.Compilations.GetAsync(Component, Engine));
        Assert.Equal(new KeyValuePair<string, Compilation>(Component, ended), Assert.Single(await Store.Compilations.ListAsync(Engine)));
        Assert.Equal(new CompilationClaim.Ended(ended), await ClaimAsync(Lease(Minute(99)), Minute(90)));
        Assert.Empty(await Store.Compilations.ListAsync(OtherEngine));
    }

    [Fact]
    public async Task Release_Held_IsPendingAndNoAttempt()
    {
        var lease = Lease();
        await ClaimAsync(lease);
        await Store.Compilations.ReleaseAsync(lease);

        Assert.Equal(CompilationState.Pending, (await Store.Compilations.GetAsync(Component, Engine))!.State);
        Assert.Equal(new CompilationClaim.Taken(1), await ClaimAsync(Lease()));
    }

    [Fact]
    public async Task ListUncompiled_Published_AreThoseThatNoEngineOfThisKindHasDone()
    {
        var done = await Published("com.acme.done");
        var refused = await Published("com.acme.refused");
        var elsewhere = await Published("com.acme.elsewhere");
        var begun = await Published("com.acme.begun");
        await EndAsync(done.ComponentSha256, Engine, null);
        await EndAsync(refused.ComponentSha256, Engine, "no");
        await EndAsync(elsewhere.ComponentSha256, OtherEngine, null);
        await ClaimAsync(Lease() with { Component = begun.ComponentSha256 });

        var open = await Store.Compilations.ListUncompiledAsync(Engine, Minute(1));

        Assert.Equal(
            [("com.acme.begun", false), ("com.acme.elsewhere", true)],
            open.Select(v => (v.ExtensionId, v.CompiledBefore)).Order());
        Assert.Equal(
            new UncompiledVersion(begun.Id, "com.acme.begun", "1.0.0", begun.ComponentSha256, 12_345, "ops", false),
            open.Single(v => v.Id == begun.Id));
    }

    [Fact]
    public async Task Claim_RefusedUntilAnInstant_BeginsAnewFromThenOn()
    {
        var version = await Published("com.acme.lost");
        var lease = Lease() with { Component = version.ComponentSha256 };
        await ClaimAsync(lease);
        var again = lease with { Token = NewId(), Until = Minute(1) };
        Assert.Equal(new CompilationClaim.Taken(2), await ClaimAsync(again, Minute(0.6)));
        await Store.Compilations.EndAsync(again, new CompilationEnd("lost", Minute(61)), Minute(1));

        var refused = new Compilation(CompilationState.Refused, "lost", Minute(0.6), Minute(1), Minute(61));
        Assert.Equal(refused, await Store.Compilations.GetAsync(version.ComponentSha256, Engine));
        Assert.Empty(await Store.Compilations.ListUncompiledAsync(Engine, Minute(60.9)));
        Assert.Equal(new CompilationClaim.Ended(refused), await ClaimAsync(lease with { Token = NewId() }, Minute(60.9)));

        Assert.Equal(version.Id, Assert.Single(await Store.Compilations.ListUncompiledAsync(Engine, Minute(61))).Id);
        Assert.Equal(new CompilationClaim.Taken(1), await ClaimAsync(lease with { Token = NewId(), Until = Minute(62) }, Minute(61)));
        Assert.Equal(
            new Compilation(CompilationState.Compiling, null, Minute(61)), await Store.Compilations.GetAsync(version.ComponentSha256, Engine));
    }

    [Fact]
    public async Task Key_AskedForByMany_IsTheSameForAll()
    {
        var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
            await Store.Compilations.GetKeyAsync("compiled-code", RandomNumberGenerator.GetBytes(32), T0))));

        Assert.All(keys, k => Assert.Equal(keys[0], k));
        Assert.NotEqual(keys[0], await Store.Compilations.GetKeyAsync("other", RandomNumberGenerator.GetBytes(32), T0));
    }

    private static CompilationLease Lease(DateTimeOffset? until = null) => new(Component, Engine, NewId(), until ?? Minute(0.5));

    private async Task<CompilationClaim> ClaimAsync(CompilationLease lease, DateTimeOffset? now = null) =>
        await Store.Compilations.ClaimAsync(lease, now ?? Minute(0));

    private async Task EndAsync(string component, string engine, string? reason)
    {
        var lease = Lease() with { Component = component, Engine = engine };
        await ClaimAsync(lease);
        Assert.True(await Store.Compilations.EndAsync(lease, new CompilationEnd(reason), Minute(0.1)));
    }
}
