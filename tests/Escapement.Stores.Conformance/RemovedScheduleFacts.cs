using Escapement.Audit;
using Escapement.Extensions;
using Escapement.Installs;
using Escapement.Retention;
using Escapement.Scheduling;

namespace Escapement.Stores.Conformance;

/// <summary>Schedules that were deleted by themselves, and come back or go for good.</summary>
public abstract class RemovedScheduleFacts(IStoreFixture store) : StoreFacts(store)
{
    [Fact]
    public async Task Restore_AfterADelete_BringsItBackAsItWas()
    {
        var spread = new SchedulePolicy { Spread = TimeSpan.FromSeconds(9) };
        var schedule = await Created(NewSchedule(await Installed(), Minute(0), "nightly") with { Policy = spread });
        await Complete(Failed(Assert.Single((await Claim(Minute(1))).Runs), Minute(0)) with { PauseAfterFailures = 20 });
        var before = await Reloaded(schedule);
        await DeleteAsync(before);
        Assert.Null(await Store.Schedules.GetAsync(schedule.Scope, schedule.Id));
        var kept = Assert.Single(await Store.RemovedSchedules.ListAsync(schedule.Scope, T0));
        Assert.Equal((schedule.Id, Minute(2), "ops"), (kept.Schedule.Id, kept.RemovedAt, kept.RemovedBy));

        var change = await RestoreAsync(schedule, s => s with { NextDueAt = Minute(30) });

        Assert.Equal(before with { NextDueAt = Minute(30) }, change.Schedule);
        Assert.Equal(before with { NextDueAt = Minute(30) }, await Reloaded(schedule));
        Assert.Empty(await Store.RemovedSchedules.ListAsync(schedule.Scope, T0));
    }

    [Fact]
    public async Task Restore_NameIsTaken_IsRefusedUnlessItComesBackUnderAnother()
    {
        var schedule = await Created(await Installed(), Minute(5), "nightly");
        await DeleteAsync(schedule);
        await Created(schedule.Scope, Minute(5), "nightly");

        Assert.Equal(ScheduleMessages.NameTaken, (await RestoreAsync(schedule, s => s)).FieldErrors!["name"]);

        Assert.True((await RestoreAsync(schedule, s => s with { Name = "nightly 2" })).IsDone);
        Assert.Equal("nightly 2", (await Reloaded(schedule)).Name);
    }

    [Fact]
    public async Task Restore_InstallIsFull_IsRefused()
    {
        var schedule = await Created(await Installed(), Minute(5));
        await DeleteAsync(schedule);
        await Created(schedule.Scope, Minute(5));

        var change = await Store.RemovedSchedules.RestoreAsync(schedule.Scope, schedule.Id, T0, s => s, Limits(max: 1), Entry("schedule.restore"));

        Assert.Equal(ScheduleChangeKind.QuotaExceeded, change.Kind);
        Assert.Single(await Store.RemovedSchedules.ListAsync(schedule.Scope, T0));
    }

    [Fact]
    public async Task Restore_VersionLacksItsEndpoint_IsRefused()
    {
        var schedule = await Created(await Installed(), Minute(5));
        await DeleteAsync(schedule);
        var target = await Published(version: "2.0.0", endpoints: [new DeclaredEndpoint("GET", "/api/status", "status", true)]);
        await Store.Installs.ChangeAsync(
            schedule.Scope, target.Id, (install, _) => InstallChange.To(install with { Version = target.Id }, ""), Entry("install.upgrade"));

        Assert.Equal(["endpoint"], (await RestoreAsync(schedule, s => s)).FieldErrors!.Keys);
    }

    [Fact]
    public async Task Restore_InstallIsDisabled_ComesBackWithoutANextOccurrence()
    {
        var schedule = await Created(await Installed(), Minute(5));
        await DeleteAsync(schedule);
        await Store.Installs.SetEnabledAsync(schedule.Scope, false, Minute(3), s => s with { NextDueAt = null }, Entry("install.disable"));

        Assert.Null((await RestoreAsync(schedule, s => s with { NextDueAt = Minute(30) })).Schedule!.NextDueAt);
        Assert.Empty((await Claim(Minute(60))).Runs);
    }

    [Fact]
    public async Task Restore_TakesNoTokenOfTheInstalls()
    {
        var schedule = await Created(await Installed(), Minute(5));
        var rate = new TokenBucket(1, 0.001);
        Assert.True((await Store.Schedules.DeleteAsync(
            schedule.Scope, schedule.Id, Limits(T0.AddDays(1), rate: rate) with { KeptDeleted = 5 }, Entry("schedule.delete"))).IsDone);

        var change = await Store.RemovedSchedules.RestoreAsync(
            schedule.Scope, schedule.Id, T0, s => s, Limits(T0.AddDays(1), rate: rate), Entry("schedule.restore"));

        Assert.True(change.IsDone);
        Assert.Equal(
            ScheduleChangeKind.RateLimited,
            (await Store.Schedules.CreateAsync(NewSchedule(schedule.Scope), Limits(T0.AddDays(1), rate: rate), Entry("schedule.create"))).Kind);
    }

    [Fact]
    public async Task RestoreAndPurge_AnothersUnknownOrTooOld_AreNotFound()
    {
        var schedule = await Created(await Installed(), Minute(5));
        await DeleteAsync(schedule);
        var other = await Installed(extension: "com.acme.other");
        (InstallScope Scope, ScheduleId Id, DateTimeOffset Since)[] wrong =
        [
            (schedule.Scope, new ScheduleId(NewId()), T0), (schedule.Scope, schedule.Id, Minute(3)), (other, schedule.Id, T0),
        ];
        foreach (var (scope, id, since) in wrong)
        {
            Assert.Equal(
                ScheduleChangeKind.NotFound,
                (await Store.RemovedSchedules.RestoreAsync(scope, id, since, s => s, Limits(), Entry("schedule.restore"))).Kind);
            Assert.Equal(ScheduleChangeKind.NotFound, (await Store.RemovedSchedules.PurgeAsync(scope, id, since, Entry("schedule.purge"))).Kind);
        }

        var stranger = schedule.Scope with { Tenant = Globex };
        Assert.Equal(
            ScheduleChangeKind.InstallGone,
            (await Store.RemovedSchedules.RestoreAsync(stranger, schedule.Id, T0, s => s, Limits(), Entry("schedule.restore"))).Kind);
        Assert.Equal(ScheduleChangeKind.NotFound, (await Store.RemovedSchedules.PurgeAsync(stranger, schedule.Id, T0, Entry("schedule.purge"))).Kind);
        Assert.Empty(await Store.RemovedSchedules.ListAsync(stranger, T0));
        Assert.Single(await Store.RemovedSchedules.ListAsync(schedule.Scope, T0));
    }

    [Fact]
    public async Task Delete_MoreThanAreKept_KeepsTheLastOnes()
    {
        var scope = await Installed();
        var deleted = new List<ScheduleId>();
        for (var i = 0; i < 5; i++)
        {
            var schedule = await Created(scope, Minute(5));
            deleted.Add(schedule.Id);
            await Store.Schedules.DeleteAsync(scope, schedule.Id, Limits(Minute(i)) with { KeptDeleted = 3 }, ByExtension);
        }

        Assert.Equal(deleted[2..].Reverse<ScheduleId>(), (await Store.RemovedSchedules.ListAsync(scope, T0)).Select(s => s.Schedule.Id));
    }

    [Fact]
    public async Task List_PageByPage_MissesNoneThatWentAtOneInstant()
    {
        var scope = await Installed();
        foreach (var minute in (int[])[1, 2, 2, 2, 3])
        {
            var schedule = await Created(scope, Minute(5));
            await Store.Schedules.DeleteAsync(scope, schedule.Id, Limits(Minute(minute)) with { KeptDeleted = 9 }, Entry("schedule.delete"));
        }

        var (listed, behind) = (new List<RemovedSchedule>(), RemovedScheduleCursor.Start);
        while (await Store.RemovedSchedules.ListAsync(scope, T0, behind, limit: 2) is { Count: > 0 } page)
        {
            Assert.InRange(page.Count, 1, 2);
            listed.AddRange(page);
            behind = new RemovedScheduleCursor(page[^1].RemovedAt, page[^1].Schedule.Id);
        }

        Assert.Equal((await Store.RemovedSchedules.ListAsync(scope, T0)).Select(r => r.Schedule.Id), listed.Select(r => r.Schedule.Id));
        Assert.Equal([Minute(3), Minute(2), Minute(2), Minute(2), Minute(1)], listed.Select(r => r.RemovedAt));
    }

    // An extension that deletes in a loop takes nothing away that an admin could still bring back.
    [Fact]
    public async Task Delete_ByAdminsAndByTheExtension_CountsTheExtensionsAlone()
    {
        var scope = await Installed();
        var deleted = new List<ScheduleId>();
        for (var i = 0; i < 9; i++)
        {
            var schedule = await Created(scope, Minute(5));
            deleted.Add(schedule.Id);
            var entry = i < 4 || i == 8 ? Entry("schedule.delete") : ByExtension;
            await Store.Schedules.DeleteAsync(scope, schedule.Id, Limits(Minute(i)) with { KeptDeleted = 2 }, entry);
        }

        Assert.Equal(
            deleted.Where((_, i) => i is not 4 and not 5).Reverse(), (await Store.RemovedSchedules.ListAsync(scope, T0)).Select(s => s.Schedule.Id));
    }

    [Fact]
    public async Task Purge_And_Step_RemoveForGood()
    {
        var scope = await Installed();
        var one = await Created(scope, Minute(5));
        var two = await Created(scope, Minute(5));
        await DeleteAsync(one);
        await DeleteAsync(two);

        Assert.True((await Store.RemovedSchedules.PurgeAsync(scope, one.Id, T0, Entry("schedule.purge"))).IsDone);

        Assert.Equal(two.Id, Assert.Single(await Store.RemovedSchedules.ListAsync(scope, T0)).Schedule.Id);
        Assert.Equal(1, (await Store.Retention.StepAsync(new RetentionCutoffs(Minute(10), null, null) { Removed = Minute(5) })).Rows);
        Assert.Empty(await Store.RemovedSchedules.ListAsync(scope, T0));
    }

    [Fact]
    public async Task Install_UninstalledAndRestored_LeavesWhatWasDeletedBeforeDeleted()
    {
        var scope = await Installed();
        var deleted = await Created(scope, Minute(5));
        await DeleteAsync(deleted);
        await Store.Installs.RemoveAsync(scope, Minute(3), keep: true, Entry("install.remove"));

        await Store.RemovedInstalls.RestoreAsync(scope, T0, (_, s) => new(s), Entry("install.restore"));

        Assert.Empty(await Store.Schedules.ListAsync(scope));
        Assert.Equal(deleted.Id, Assert.Single(await Store.RemovedSchedules.ListAsync(scope, T0)).Schedule.Id);
    }

    private static AuditEntry ByExtension => Entry("schedule.delete") with { Actor = new Actor(ActorKind.Extension, "com.acme.sync") };

    private async Task DeleteAsync(Schedule schedule) => Assert.True((await Store.Schedules.DeleteAsync(
        schedule.Scope, schedule.Id, Limits(Minute(2)) with { KeptDeleted = 5 }, Entry("schedule.delete"))).IsDone);

    private ValueTask<ScheduleChange> RestoreAsync(Schedule schedule, Func<Schedule, Schedule> change) =>
        Store.RemovedSchedules.RestoreAsync(schedule.Scope, schedule.Id, T0, change, Limits(Minute(3)), Entry("schedule.restore"));
}
