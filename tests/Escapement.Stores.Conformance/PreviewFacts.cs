using Escapement.Previews;

namespace Escapement.Stores.Conformance;

public abstract class PreviewFacts(IStoreFixture store) : StoreFacts(store)
{
    [Fact]
    public async Task Add_OfATenantAndOfNone_ComesBackAsGiven()
    {
        var ofTenant = NewPreview(Acme) with { Things = [new PreviewedThing(NewId(), 0), new PreviewedThing(NewId(), long.MaxValue)] };
        var ofNone = NewPreview(tenant: null);
        await Store.Previews.AddAsync(ofTenant, Minute(-1));
        await Store.Previews.AddAsync(ofNone, Minute(-1));

        Assert.Equivalent(ofTenant, await Store.Previews.FindAsync(Acme, ofTenant.Id), strict: true);
        Assert.Equivalent(ofNone, await Store.Previews.FindAsync(null, ofNone.Id), strict: true);
    }

    [Fact]
    public async Task Add_OfManyThings_KeepsThemInTheirOrder()
    {
        var preview = NewPreview(Acme) with { Things = [.. Enumerable.Range(0, 100_000).Select(i => new PreviewedThing(NewId(), i))] };
        await Store.Previews.AddAsync(preview, Minute(-1));

        Assert.Equal(preview.Things, (await Store.Previews.FindAsync(Acme, preview.Id))!.Things);
    }

    [Fact]
    public async Task Add_LaterThanOthersAreKept_TakesThoseAwayThatWereShownBefore()
    {
        var (old, recent) = (NewPreview(Acme), NewPreview(Acme) with { CreatedAt = Minute(1) });
        await Store.Previews.AddAsync(old, Minute(-1));
        await Store.Previews.AddAsync(recent, Minute(-1));

        await Store.Previews.AddAsync(NewPreview(Acme), Minute(1));

        Assert.Null(await Store.Previews.FindAsync(Acme, old.Id));
        Assert.NotNull(await Store.Previews.FindAsync(Acme, recent.Id));
    }

    [Fact]
    public async Task FindAndTake_ByAnotherTenant_FindNone()
    {
        var preview = NewPreview(Acme);
        await Store.Previews.AddAsync(preview, Minute(-1));

        foreach (var tenant in (TenantId?[])[Globex, null])
        {
            Assert.Null(await Store.Previews.FindAsync(tenant, preview.Id));
            Assert.False(await Store.Previews.TakeAsync(tenant, preview.Id, Minute(1)));
        }

        Assert.Null((await Store.Previews.FindAsync(Acme, preview.Id))!.TakenAt);
    }

    [Fact]
    public async Task Take_ManyAtOnce_GivesItToOne()
    {
        var preview = NewPreview(Acme);
        await Store.Previews.AddAsync(preview, Minute(-1));

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () => await Store.Previews.TakeAsync(Acme, preview.Id, Minute(2)))));

        Assert.Single(taken, t => t);
        Assert.Equal(Minute(2), (await Store.Previews.FindAsync(Acme, preview.Id))!.TakenAt);
    }

    [Fact]
    public async Task Add_MoreThanACallerMayHave_TakesItsOldestAway()
    {
        var (first, another, elsewhere) = (NewPreview(Acme), NewPreview(Acme) with { Caller = "anna" }, NewPreview(Globex));
        foreach (var preview in (Preview[])[first, another, elsewhere])
        {
            await Store.Previews.AddAsync(preview, Minute(-1));
        }

        for (var i = 1; i < Preview.Most; i++)
        {
            await Store.Previews.AddAsync(NewPreview(Acme) with { CreatedAt = Minute(1) }, Minute(-1));
        }

        Assert.NotNull(await Store.Previews.FindAsync(Acme, first.Id));
        await Store.Previews.AddAsync(NewPreview(Acme) with { CreatedAt = Minute(1) }, Minute(-1));

        Assert.Null(await Store.Previews.FindAsync(Acme, first.Id));
        Assert.NotNull(await Store.Previews.FindAsync(Acme, another.Id));
        Assert.NotNull(await Store.Previews.FindAsync(Globex, elsewhere.Id));
    }

    private static Preview NewPreview(TenantId? tenant) => new()
    {
        Id = NewId(),
        Tenant = tenant,
        Caller = "ops",
        Kind = "upgrade",
        Content = """{"version":"2.0.0","note":"\u00e4"}""",
        CreatedAt = T0,
    };
}
