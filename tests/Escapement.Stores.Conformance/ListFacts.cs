using Escapement.Extensions;
using Escapement.Installs;
using Escapement.Listing;
using Escapement.Pausing;
using Escapement.Scheduling;

namespace Escapement.Stores.Conformance;

public abstract class ListFacts(IStoreFixture store) : StoreFacts(store)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(50)]
    public async Task List_InEveryOrderPageByPage_IsAllOfItInOrder(int limit)
    {
        await FillAsync();
        foreach (var tenant in (TenantId?[])[Acme, null])
        {
            foreach (var sort in Enum.GetValues<ScheduleSort>().Where(s => s is not (ScheduleSort.LastRun or ScheduleSort.LastRunBackwards)))
            {
                var seen = await AllAsync(new ScheduleQuery(new ListScope(tenant), new ScheduleFilter(), sort, After: null, limit));
                var order = new ScheduleOrder(sort);
                Assert.Equal(tenant is null ? 9 : 6, seen.Count);
                Assert.Equal(seen.OrderBy(order.PlaceOf, order), seen);
                Assert.Equal(seen.Count, seen.Select(s => s.Schedule.Id).Distinct().Count());
                Assert.Equal(2, seen.Count(s => s.ExtensionId == "com.acme.other"));
            }
        }
    }

    [Fact]
    public async Task List_ByName_GoesByLabelsInSmallLetters()
    {
        await FillAsync();
        var names = (await AllAsync(Query(new ScheduleFilter(), ScheduleSort.Name))).Select(s => s.Schedule.Name);
        Assert.Equal(["alpha", "Beta", "gamma 100%", "gamma 1000", null, "\u00c4rger"], names);
        var backwards = (await AllAsync(Query(new ScheduleFilter(), ScheduleSort.NameBackwards))).Select(s => s.Schedule.Name);
        Assert.Equal(names.Reverse(), backwards);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    public async Task List_ByFailures_HasTheWorstFirst(int limit)
    {
        var scopes = await FillAsync();
        foreach (var (name, failures) in new Dictionary<string, int> { ["gamma 100%"] = 3, ["alpha"] = 2 })
        {
            var sound = (await Store.Schedules.ListAsync(scopes[0])).Single(s => s.Name == name);
            await Store.Schedules.UpdateAsync(scopes[0], sound.Id, s => s with { FailuresInARow = failures }, Limits(), Entry("schedule.update"));
        }

        async Task<IEnumerable<string?>> Names(bool? failing, TenantId? tenant) => (await AllAsync(
            new ScheduleQuery(new ListScope(tenant), new ScheduleFilter { Failing = failing }, ScheduleSort.Failures, After: null, limit)))
            .Select(s => s.Schedule.Name);

        Assert.Equal(["gamma 100%", "alpha", "\u00c4rger"], await Names(failing: true, Acme));
        Assert.Equal(["gamma 100%", "alpha", "\u00c4rger"], await Names(failing: true, tenant: null));
        Assert.Equal(["gamma 100%", "alpha", "\u00c4rger", "Beta", "gamma 1000", null], await Names(failing: null, Acme));
        Assert.Equal(["Beta", "gamma 1000", null], await Names(failing: false, Acme));
    }

    [Fact]
    public async Task FindId_OfAnything_KnowsWhatAndWhose()
    {
        var scope = await Installed();
        var schedule = await Created(scope, Minute(0));
        var run = (await Claim(Minute(0))).Runs.Single();
        async Task Finds(Guid id, FoundId? expected)
        {
            Assert.Equal(expected, await Store.ScheduleLists.FindIdAsync(tenant: null, id));
            Assert.Equal(expected, await Store.ScheduleLists.FindIdAsync(Acme, id));
            Assert.Null(await Store.ScheduleLists.FindIdAsync(Globex, id));
        }

        await Finds(scope.Install.Value, new FoundId(scope, null, null));
        await Finds(schedule.Id.Value, new FoundId(scope, schedule.Id, null));
        await Finds(run.Lease.Id.Value, new FoundId(scope, schedule.Id, run.Lease.Id));
        await Complete(Succeeded(run, Minute(0)));
        await Finds(run.Lease.Id.Value, new FoundId(scope, schedule.Id, run.Lease.Id));
        await Finds(NewId(), null);
    }

    [Fact]
    public async Task List_ByFilters_AnswersThoseOnly()
    {
        await FillAsync();
        async Task<IEnumerable<string?>> Names(ScheduleFilter filter) => (await AllAsync(Query(filter))).Select(s => s.Schedule.Name);

        Assert.Equal(["Beta"], await Names(new ScheduleFilter { Enabled = false }));
        Assert.Equal(["alpha"], await Names(new ScheduleFilter { Paused = PausedFilter.Any }));
        Assert.Equal(["alpha"], await Names(new ScheduleFilter { Paused = PausedFilter.ByItself }));
        Assert.Empty(await Names(new ScheduleFilter { Paused = PausedFilter.ByTenant }));
        Assert.Equal(["\u00c4rger"], await Names(new ScheduleFilter { Failing = true }));
        Assert.Equal(["gamma 1000", null], await Names(new ScheduleFilter { Extension = "com.acme.other" }));
        Assert.Equal(["gamma 100%"], await Names(new ScheduleFilter { Endpoint = new EndpointKey("GET", "/api/status") }));
        Assert.Empty(await Names(new ScheduleFilter { Endpoint = new EndpointKey("GET", "/api/STATUS") }));
        Assert.Equal(["\u00c4rger", "gamma 100%"], await Names(new ScheduleFilter { DueBy = Minute(10) }));
        Assert.Equal(["gamma 100%"], await Names(new ScheduleFilter { DueBy = Minute(10), Failing = false }));
        Assert.Equal(["alpha", "\u00c4rger", "gamma 100%", "gamma 1000", null], await Names(new ScheduleFilter { Enabled = true }));
    }

    [Fact]
    public async Task List_ByIdsAndTimes_AnswersThoseOnly()
    {
        var scopes = await FillAsync();
        var all = await AllAsync(new ScheduleQuery(new ListScope(null), new ScheduleFilter(), ScheduleSort.Created, After: null, 50));
        ScheduleId Id(string name, TenantId tenant) => all.Single(s => s.Schedule.Name == name && s.Schedule.Scope.Tenant == tenant).Schedule.Id;
        var paused = Id("alpha", Acme);
        ScheduleId[] ids = [Id("gamma 1000", Acme), paused, Id("gamma 1000", Globex), new(NewId())];
        await Store.Schedules.UpdateAsync(scopes[0], paused, s => s with { Cron = "7 9 * * *", TimeZone = "UTC" }, Limits(), Entry("schedule.update"));
        async Task<IEnumerable<string?>> Names(ScheduleFilter filter) => (await AllAsync(Query(filter) with { Limit = 1 })).Select(s => s.Schedule.Name);

        Assert.Equal(["alpha", "gamma 1000"], await Names(new ScheduleFilter { Ids = ids }));
        Assert.Equal(["gamma 1000"], await Names(new ScheduleFilter { Ids = ids, Paused = PausedFilter.Not }));
        Assert.Equal(["alpha"], await Names(new ScheduleFilter { Ids = ids, Cron = "7 9 * * *" }));
        Assert.Equal(["alpha"], await Names(new ScheduleFilter { Cron = "7 9 * * *", TimeZone = "UTC" }));
        Assert.Empty(await Names(new ScheduleFilter { Cron = "7 9 * * *", TimeZone = "Europe/Berlin" }));
        Assert.Equal(5, (await Names(new ScheduleFilter { TimeZone = "Europe/Berlin" })).Count());
    }

    [Theory]
    [InlineData("gam", "gamma 100%,gamma 1000")]
    [InlineData("amma", "gamma 100%,gamma 1000")]
    [InlineData("100%", "gamma 100%")]
    [InlineData("a 1", "gamma 100%,gamma 1000")]
    [InlineData("a_1", "")]
    [InlineData("\u00e4rg", "\u00c4rger")]
    [InlineData("api/status", "gamma 100%")]
    [InlineData("b", "Beta")]
    [InlineData("ga", "gamma 100%,gamma 1000")]
    [InlineData("am", "")]
    [InlineData("po", "")]
    [InlineData("acme", "")]
    [InlineData("\"*", "")]
    [InlineData("\" OR \"", "")]
    [InlineData("%%%", "")]
    public async Task List_BySearch_FindsPartsAndBeginnings(string text, string expected)
    {
        await FillAsync(unnamed: false);
        var found = await AllAsync(Query(new ScheduleFilter { Text = text }));
        Assert.Equal(expected, string.Join(',', found.Select(s => s.Schedule.Name)));
        Assert.All(found, s => Assert.Equal(Acme, s.Schedule.Scope.Tenant));
    }

    [Fact]
    public async Task List_OfATenant_ShowsSchedulesAsTheyAreStored()
    {
        await FillAsync();
        foreach (var listed in await AllAsync(Query(new ScheduleFilter())))
        {
            var stored = await Store.Schedules.GetAsync(listed.Schedule.Scope, listed.Schedule.Id);
            Assert.Equivalent(stored! with { Payload = null }, listed.Schedule, strict: true);
        }
    }

    [Fact]
    public async Task List_ByPause_KnowsEveryLayer()
    {
        var scopes = await FillAsync();
        await PauseAsync(PauseTarget.Of(scopes[1]));
        await PauseAsync(new PauseTarget(Globex, null));
        async Task<IEnumerable<string?>> Names(PausedFilter paused, TenantId? tenant) =>
            (await AllAsync(new ScheduleQuery(new ListScope(tenant), new ScheduleFilter { Paused = paused }, ScheduleSort.Created, After: null, 2)))
            .Select(s => s.Schedule.Name);

        Assert.Equal(["alpha", "gamma 1000", null], await Names(PausedFilter.Any, Acme));
        Assert.Equal(["Beta", "\u00c4rger", "gamma 100%"], await Names(PausedFilter.Not, Acme));
        Assert.Equal(["gamma 1000", null], await Names(PausedFilter.ByInstall, Acme));
        Assert.Equal(["alpha"], await Names(PausedFilter.ByItself, tenant: null));
        Assert.Equal(["acme alpha", "gamma 1000", "omega"], await Names(PausedFilter.ByTenant, tenant: null));
        Assert.Empty(await Names(PausedFilter.ByHost, tenant: null));

        await PauseAsync(PauseTarget.Host);
        Assert.Equal(9, (await Names(PausedFilter.ByHost, tenant: null)).Count());
        var all = await AllAsync(new ScheduleQuery(new ListScope(null), new ScheduleFilter(), ScheduleSort.Created, After: null, 50));
        var unnamed = all.Single(s => s.Schedule.Scope == scopes[1] && s.Schedule.Name is null);
        Assert.Equal([PauseLayer.Host, PauseLayer.Install], unnamed.Pauses.Select(p => p.Layer));
        Assert.Empty(await AllAsync(Query(new ScheduleFilter { DueBy = Minute(10) })));
    }

    [Fact]
    public async Task List_ByPauseThatHasEnded_ShowsNone()
    {
        var scopes = await FillAsync();
        var alpha = (await Store.Schedules.ListAsync(scopes[0])).Single(s => s.Name == "alpha");
        await Store.Schedules.UpdateAsync(scopes[0], alpha.Id, s => s with { Pause = OwnPause() with { EndedAt = T0 } }, Limits(), Entry("schedule.resume"));
        Assert.Empty(await AllAsync(Query(new ScheduleFilter { Paused = PausedFilter.Any })));
        Assert.Empty((await AllAsync(Query(new ScheduleFilter { Text = "alpha" }))).Single().Pauses);
    }

    [Fact]
    public async Task Names_OfSchedules_AreTheirNamesOrEndpointsAlsoOfWhatWasDeletedAndOfNoOtherTenant()
    {
        var scopes = await FillAsync();
        var all = (await Store.Schedules.ListAsync(scopes[0])).Concat(await Store.Schedules.ListAsync(scopes[1])).ToList();
        var theirs = (await Store.Schedules.ListAsync(scopes[2]))[0];
        var alpha = all.Single(s => s.Name == "alpha");
        await Store.Schedules.DeleteAsync(scopes[0], alpha.Id, Limits() with { KeptDeleted = 9 }, Entry("schedule.delete"));

        var names = await Store.Schedules.NamesAsync(
            [.. all.Select(s => (Acme, s.Id)), (Globex, theirs.Id), (Globex, all[0].Id), (Acme, new ScheduleId(Guid.NewGuid()))]);

        Assert.Equal(all.Append(theirs).ToDictionary(s => s.Id, s => new ScheduleLabel(s.Name ?? s.Endpoint.ToString(), s.TimeZone)), names);
        Assert.DoesNotContain(all[0].Id, (await Store.Schedules.NamesAsync([(Globex, all[0].Id)])).Keys);
        Assert.Empty(await Store.Schedules.NamesAsync([]));
    }

    [Fact]
    public async Task List_AfterRemovingAndRestoring_FindsWhatIsThere()
    {
        var scopes = await FillAsync();
        async Task<int> Count(string text) => (await AllAsync(Query(new ScheduleFilter { Text = text }))).Count;
        var alpha = (await Store.Schedules.ListAsync(scopes[0])).Single(s => s.Name == "alpha");
        await Store.Schedules.DeleteAsync(scopes[0], alpha.Id, Limits() with { KeptDeleted = 9 }, Entry("schedule.delete"));
        Assert.Equal(0, await Count("alpha"));
        var back = await Store.RemovedSchedules.RestoreAsync(
            scopes[0], alpha.Id, T0, kept => kept with { Name = "alpha again" }, Limits(), Entry("schedule.restore"));
        Assert.True(back.IsDone, back.Error);
        Assert.Equal((1, 1), (await Count("alpha"), await Count("again")));

        await Store.Installs.RemoveAsync(scopes[1], T0, keep: true, Entry("install.remove"));
        Assert.Equal(1, await Count("gamma"));
        await Store.RemovedInstalls.RestoreAsync(scopes[1], T0, (_, kept) => new(kept), Entry("install.restore"));
        Assert.Equal(2, await Count("gamma"));
        await Store.Installs.RemoveAsync(scopes[1], T0, keep: true, Entry("install.remove"));
        Assert.IsType<InstallOutcome.Done>(await Store.RemovedInstalls.PurgeAsync(scopes[1], T0, Entry("install.purge")));
        Assert.Equal(1, await Count("gamma"));
    }

    [Fact]
    public async Task List_AfterChanges_FindsWhatIsThere()
    {
        var scopes = await FillAsync();
        async Task<int> Count(string text) => (await AllAsync(Query(new ScheduleFilter { Text = text }))).Count;
        var alpha = (await Store.Schedules.ListAsync(scopes[0])).Single(s => s.Name == "alpha");
        await Store.Schedules.UpdateAsync(scopes[0], alpha.Id, s => s with { Name = "omega" }, Limits(), Entry("schedule.update"));
        Assert.Equal((0, 1), (await Count("alpha"), await Count("omega")));

        await Store.Schedules.UpdateAsync(scopes[0], alpha.Id, s => s with { Name = null }, Limits(), Entry("schedule.update"));
        Assert.Equal(0, await Count("omega"));

        await Store.Schedules.DeleteAsync(scopes[0], (await Store.Schedules.ListAsync(scopes[0])).Single(s => s.Name == "Beta").Id, Limits(), Entry("x"));
        Assert.Equal(0, await Count("beta"));

        await Store.Installs.RemoveAsync(scopes[1], T0, keep: false, Entry("install.remove"));
        Assert.Equal(1, await Count("gamma"));
        Assert.DoesNotContain(await AllAsync(Query(new ScheduleFilter(), ScheduleSort.Name)), s => s.Schedule.Scope == scopes[1]);
        Assert.Single(await Store.TenantLists.ListAsync("", 9), t => t.Tenant == Acme && t.Schedules == 3);
    }

    [Fact]
    public async Task List_WhatIsRareAmongMany_IsFoundInOnePageAndTheRestInShortOnes()
    {
        var scope = await Installed();
        const int many = 600;
        Assert.InRange(ScheduleListing.MostLookedAt, ScheduleListing.Few + 1, many - 1);
        for (var i = 0; i < many; i++)
        {
            var schedule = NewSchedule(scope, Minute(i), $"many {i:0000}");
            await Store.Schedules.CreateAsync(schedule, Limits(max: 10_000), Entry("schedule.create"));
        }

        var listing = Listing(T0);
        var (rare, last) = await listing.ListAsync(Query(new ScheduleFilter { Text = "0599" }, ScheduleSort.Next));
        Assert.Equal("many 0599", Assert.Single(rare).Schedule.Name);
        Assert.Null(last);

        // Found by more than are few, and by no index that gives this order: so it is walked.
        var all = await AllAsync(Query(new ScheduleFilter { Text = "many" }, ScheduleSort.Next) with { Limit = 7 });
        Assert.Equal(Enumerable.Range(0, many).Select(i => $"many {i:0000}"), all.Select(s => s.Schedule.Name));
        var none = Query(new ScheduleFilter { Failing = false, Extension = "com.acme.none" });
        Assert.Empty(await AllAsync(none));
        Assert.Empty(await AllAsync(none with { Scope = new ListScope(Tenant: null) }));
    }

    [Fact]
    public async Task Tenants_PageByPage_AreCountedByName()
    {
        await FillAsync();
        var all = await Store.TenantLists.ListAsync("", 9);
        Assert.Equal([new TenantCounts(Acme, 2, 6, 1), new TenantCounts(Globex, 1, 3, 0)], all);
        Assert.Equal(Acme, Assert.Single(await Store.TenantLists.ListAsync("", 1)).Tenant);
        Assert.Equal(Globex, Assert.Single(await Store.TenantLists.ListAsync(Acme.Value, 9)).Tenant);
        Assert.Empty(await Store.TenantLists.ListAsync(Globex.Value, 9));
    }

    private static Pause OwnPause() => new()
    {
        Id = Guid.NewGuid(), Layer = PauseLayer.Schedule, Since = T0, Cause = PauseCause.Failures, Note = "note", By = "host",
    };

    private async Task PauseAsync(PauseTarget target)
    {
        var pause = new Pause { Id = Guid.NewGuid(), Layer = target.Layer, Since = T0, Cause = PauseCause.Asked, Note = "note", By = "ops" };
        Assert.IsType<PauseOutcome.Done>(await Store.Pauses.PauseAsync(new OuterPause(target, pause), Entry("pause")));
    }

    private ScheduleListing Listing(DateTimeOffset now) => new(Store.ScheduleLists, Store.Schedules, Store.Pauses, new StoodClock(now));

    private sealed class StoodClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    private static ScheduleQuery Query(ScheduleFilter filter, ScheduleSort sort = ScheduleSort.Created) =>
        new(new ListScope(Acme), filter, sort, After: null, 50);

    private async Task<List<ListedSchedule>> AllAsync(ScheduleQuery query)
    {
        var listing = Listing(T0);
        var seen = new List<ListedSchedule>();
        for (SchedulePlace? place = null; ;)
        {
            var (items, last) = await listing.ListAsync(query with { After = place });
            Assert.True(items.Count <= query.Limit);
            seen.AddRange(items);
            if (last is null)
            {
                return seen;
            }

            place = last;
        }
    }

    // Six of Acme's in two installs, of which one each is paused, disabled, failing and nameless; three of Globex's.
    private async Task<InstallScope[]> FillAsync(bool unnamed = true)
    {
        InstallScope[] scopes = [await Installed(), await Installed(extension: "com.acme.other"), await Installed(Globex)];
        var paused = await Created(scopes[0], Minute(30), "alpha");
        await Store.Schedules.UpdateAsync(scopes[0], paused.Id, s => s with { Pause = OwnPause() }, Limits(), Entry("schedule.pause"));
        await Created(NewSchedule(scopes[0], due: null, "Beta") with { Enabled = false });
        var failing = await Created(scopes[0], Minute(0), "\u00c4rger");
        await Complete(Failed((await Claim(Minute(0))).Runs.Single(), Minute(0)));
        Assert.Equal(1, (await Reloaded(failing)).FailuresInARow);
        await Created(NewSchedule(scopes[0], Minute(10), "gamma 100%") with { Endpoint = new EndpointKey("GET", "/api/status") });
        await Created(scopes[1], Minute(20), "gamma 1000");
        if (unnamed)
        {
            await Created(scopes[1], Minute(20));
        }

        await Created(scopes[2], Minute(3), "acme alpha");
        await Created(scopes[2], Minute(20), "gamma 1000");
        await Created(scopes[2], due: null, "omega");
        return scopes;
    }
}
