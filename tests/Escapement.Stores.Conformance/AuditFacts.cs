using Escapement.Audit;

namespace Escapement.Stores.Conformance;

public abstract class AuditFacts(IStoreFixture store) : StoreFacts(store)
{
    private readonly InstallId install = new(NewId());

    [Fact]
    public async Task List_ByFilters_AnswersThoseOnlyNewestFirst()
    {
        await FillAsync();
        async Task<string> Found(AuditQuery query) => string.Join(' ', (await ListAllAsync(query)).Select(e => e.Detail));
        var all = new AuditQuery(Acme, Before: null, 50);

        Assert.Equal("6 5 4 3 2 1 0", await Found(all));
        Assert.Equal("5 1", await Found(all with { Install = install }));
        Assert.Equal("4 1", await Found(all with { Target = "one" }));
        Assert.Equal("1", await Found(all with { Target = "one", Install = install }));
        Assert.Equal("5 3", await Found(all with { Outcomes = [AuditOutcome.Refused, AuditOutcome.Denied] }));
        Assert.Equal("5", await Found(all with { Outcomes = [AuditOutcome.Denied], Install = install }));
        Assert.Equal("6 4 3 2 1 0", await Found(all with { Outcomes = [AuditOutcome.Done, AuditOutcome.Refused] }));
        Assert.Equal("5 2", await Found(all with { ActorKinds = [ActorKind.Extension] }));
        Assert.Equal("2", await Found(all with { Actor = "com.acme.sync" }));
        Assert.Equal("6 4 1", await Found(all with { Actions = ["schedule.pause", "tenant"] }));
        Assert.Equal("5 4 3 2 1 0", await Found(all with { Actions = ["schedule"] }));
        Assert.Equal("4 1", await Found(all with { Changed = true }));
        Assert.Equal("6 5 3 2 0", await Found(all with { Changed = false }));
        Assert.Equal("4 3", await Found(all with { From = Minute(3), To = Minute(5) }));
        Assert.Equal("4", await Found(all with { From = Minute(4), To = Minute(5), Target = "one" }));
        Assert.Equal("4 1", await Found(all with { Text = "MOVED" }));
        Assert.Equal("5 2", await Found(all with { Text = "com.ACME" }));
        Assert.Equal("", await Found(all with { Text = "globex" }));
    }

    [Fact]
    public async Task List_OfAllTenants_HasThoseOfNoneToo()
    {
        await FillAsync();
        var all = await ListAllAsync(new AuditQuery(Tenant: null, Before: null, 2) { OfAll = true });

        Assert.Equal(["host", "globex", "6", "5", "4", "3", "2", "1", "0"], all.Select(e => e.Detail));
        Assert.Equal([null, Globex, Acme], all.Take(3).Select(e => e.Tenant));
        Assert.Equal("host", Assert.Single(await ListAllAsync(new AuditQuery(Tenant: null, Before: null, 2))).Detail);
        Assert.Equal(
            ["globex", "4", "1"], (await ListAllAsync(new AuditQuery(Tenant: null, Before: null, 2) { OfAll = true, Target = "one" })).Select(e => e.Detail));
    }

    [Fact]
    public async Task List_OfAnotherTenantsThings_FindsNothing()
    {
        await FillAsync();
        Assert.Empty(await ListAllAsync(new AuditQuery(Globex, Before: null, 9) { Install = install }));
        Assert.Equal("globex", Assert.Single(await ListAllAsync(new AuditQuery(Globex, Before: null, 9) { Target = "one" })).Detail);
        Assert.Equal("globex", Assert.Single(await ListAllAsync(new AuditQuery(Globex, IdAt(20), 9))).Detail);
    }

    [Fact]
    public async Task List_FewAmongMany_LooksAtABoundedNumberAPage()
    {
        await Store.Audit.AppendAsync([.. Enumerable.Range(0, 10).Select(i => At(i) with { Action = i is 0 or 9 ? "schedule.rare" : "schedule.get" })]);

        var query = new AuditQuery(Acme, Before: null, 3) { Actions = ["schedule.rare"], MostLookedAt = 4 };
        Assert.Equal(["9", "", "0"], (await PagesAsync(query)).Select(p => string.Join(' ', p.Select(e => e.Detail))));

        // What was not done has an index of its own, on which there is nothing else to look at.
        await Store.Audit.AppendAsync([At(-1) with { Outcome = AuditOutcome.Denied }]);
        var denied = new AuditQuery(Acme, Before: null, 3) { Outcomes = [AuditOutcome.Denied], MostLookedAt = 4 };
        Assert.Equal(["-1"], (await PagesAsync(denied)).Select(p => string.Join(' ', p.Select(e => e.Detail))));
    }

    [Fact]
    public async Task List_ClockWasSetBack_FindsByTheInstantThatIsShown()
    {
        // Ids go on from the later time.
        await Store.Audit.AppendAsync([At(5) with { At = Minute(4.5) }]);

        Assert.Single(await ListAllAsync(new AuditQuery(Acme, Before: null, 9) { From = Minute(4.5), To = Minute(4.6) }));
        Assert.Empty(await ListAllAsync(new AuditQuery(Acme, Before: null, 9) { From = Minute(5) }));
    }

    private async Task FillAsync()
    {
        var scope = await Installed();
        var schedule = await Created(scope);
        foreach (var minute in (int[])[1, 4])
        {
            var entry = At(minute) with { Action = "schedule.pause", Target = "one", Install = minute == 1 ? install : null };
            await Store.Schedules.UpdateAsync(scope, schedule.Id, s => s with { Name = $"moved {minute}" }, Limits(), entry);
        }

        await Store.Audit.AppendAsync(
        [
            At(0),
            At(2) with { Actor = new Actor(ActorKind.Extension, "com.acme.sync") },
            At(3) with { Outcome = AuditOutcome.Refused },
            At(5) with { Actor = new Actor(ActorKind.Extension, "com.acme.other"), Outcome = AuditOutcome.Denied, Install = install },
            At(6) with { Action = "tenant.pause", Target = "other" },
            At(7) with { Tenant = Globex, Target = "one", Detail = "globex" },
            At(8) with { Tenant = null, Detail = "host" },
        ]);
    }

    private static AuditEntry At(int minute) => Entry("schedule.get") with { Id = IdAt(minute), At = Minute(minute), Detail = $"{minute}" };

    private static Guid IdAt(int minute) => Ids.FirstOf(Minute(minute));

    private async Task<IReadOnlyList<AuditEntry>> ListAllAsync(AuditQuery query) =>
        [.. (await PagesAsync(query)).SelectMany(p => p).Where(e => e.Detail is not null)];

    private async Task<IReadOnlyList<IReadOnlyList<AuditEntry>>> PagesAsync(AuditQuery query)
    {
        var pages = new List<IReadOnlyList<AuditEntry>>();
        AuditEntry? last;
        do
        {
            (var page, last) = await new AuditListing(Store.Audit).ListAsync(query);
            pages.Add(page);
            query = query with { Before = last?.Id };
        }
        while (last is not null);
        return pages;
    }
}
