using Escapement.Audit;
using Escapement.Extensions;
using Escapement.Installs;
using Escapement.Retention;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Stores.Conformance;

/// <summary>What was uninstalled, and comes back or goes for good.</summary>
public abstract class RemovedInstallFacts(IStoreFixture store) : StoreFacts(store)
{
    [Fact]
    public async Task Restore_AfterARemoval_BringsAllBackWithItsIds()
    {
        var scope = await Installed();
        var before = (await Store.Installs.GetAsync(scope))!;
        var named = await Created(NewSchedule(scope, Minute(5), "nightly") with { Policy = new SchedulePolicy { Overlap = OverlapPolicy.QueueOne } });
        var disabled = await Created(NewSchedule(scope) with { Enabled = false, Payload = null });
        await RemoveAsync(scope);
        Assert.Empty(await Store.Schedules.ListAsync(scope));

        var outcome = await RestoreAsync(scope, s => s.Id == named.Id ? s with { NextDueAt = Minute(10) } : s);

        Assert.Equal(scope, Assert.IsType<InstallOutcome.Done>(outcome).Install.Scope);
        var after = (await Store.Installs.GetAsync(scope))!;
        Assert.Equal(before with { Granted = after.Granted }, after);
        Assert.Equal(named with { NextDueAt = Minute(10) }, await Reloaded(named));
        Assert.Equal(disabled, await Reloaded(disabled));
        Assert.Equal(Minute(10), Assert.Single((await Claim(Minute(10))).Runs).DueAt);
        Assert.Empty(await Store.RemovedInstalls.ListAsync(Acme, T0));
        Assert.Equal("install.restore", (await Store.Audit.ListAsync(Acme, 9, scope.Install))[0].Action);
    }

    [Fact]
    public async Task List_SaysWhatWhenAndByWhom()
    {
        var scope = await Installed();
        await Created(scope, Minute(5));
        await Created(scope, Minute(5));
        await RemoveAsync(scope);

        var kept = Assert.Single(await Store.RemovedInstalls.ListAsync(Acme, Minute(1)));

        Assert.Equal((scope, Minute(1), "ops", 2), (kept.Install.Scope, kept.RemovedAt, kept.RemovedBy, kept.Schedules));
        Assert.Empty(await Store.RemovedInstalls.ListAsync(Acme, Minute(2)));
        Assert.Empty(await Store.RemovedInstalls.ListAsync(Globex, T0));
    }

    [Fact]
    public async Task Find_IsOfItsTenantAndOfItsTime()
    {
        var scope = await Installed();
        await Created(scope, Minute(5));
        await RemoveAsync(scope);

        var kept = (await Store.RemovedInstalls.FindAsync(scope, Minute(1)))!;

        Assert.Equal((scope, Minute(1), "ops", 1), (kept.Install.Scope, kept.RemovedAt, kept.RemovedBy, kept.Schedules));
        Assert.Null(await Store.RemovedInstalls.FindAsync(scope, Minute(2)));
        Assert.Null(await Store.RemovedInstalls.FindAsync(scope with { Tenant = Globex }, T0));
        Assert.Null(await Store.RemovedInstalls.FindAsync(scope with { Install = new InstallId(NewId()) }, T0));
    }

    // Some of one instant: a page may end among them.
    [Fact]
    public async Task List_PageByPage_HasEachOnce()
    {
        var version = await Published();
        foreach (var minute in (int[])[1, 2, 2, 2, 3])
        {
            var install = NewInstall(version, Acme);
            await Store.Installs.AddAsync(install, Entry("install.add"));
            await Store.Installs.RemoveAsync(install.Scope, Minute(minute), keep: true, Entry("install.remove"));
        }

        var (listed, behind) = (new List<RemovedInstall>(), RemovedInstallCursor.Start);
        while (await Store.RemovedInstalls.ListAsync(Acme, T0, behind, limit: 2) is { Count: > 0 } page)
        {
            Assert.InRange(page.Count, 1, 2);
            listed.AddRange(page);
            behind = new RemovedInstallCursor(page[^1].RemovedAt, page[^1].Install.Scope.Install);
        }

        Assert.Equal((await Store.RemovedInstalls.ListAsync(Acme, T0)).Select(r => r.Install.Scope), listed.Select(r => r.Install.Scope));
        Assert.Equal([Minute(3), Minute(2), Minute(2), Minute(2), Minute(1)], listed.Select(r => r.RemovedAt));
    }

    [Fact]
    public async Task Restore_ExtensionIsInstalledAgain_SaysByWhichAndKeepsIt()
    {
        var scope = await Installed();
        await Created(scope, Minute(5));
        await RemoveAsync(scope);
        var again = NewInstall((await Store.Versions.FindAsync("com.acme.sync", "1.0.0"))!, Acme);
        Assert.IsType<InstallOutcome.Done>(await Store.Installs.AddAsync(again, Entry("install.add")));

        var outcome = await RestoreAsync(scope, s => s);

        Assert.Equal(again.Scope.Install, Assert.IsType<InstallOutcome.AlreadyInstalled>(outcome).Existing);
        Assert.Empty(await Store.Schedules.ListAsync(scope));
        Assert.Equal(1, Assert.Single(await Store.RemovedInstalls.ListAsync(Acme, T0)).Schedules);
        Assert.Equal(AuditOutcome.Refused, (await Store.Audit.ListAsync(Acme, 9, scope.Install))[0].Outcome);
    }

    [Fact]
    public async Task Restore_VersionWasWithdrawn_IsRefusedAndKeepsIt()
    {
        var scope = await Installed();
        await RemoveAsync(scope);
        var version = (await Store.Versions.FindAsync("com.acme.sync", "1.0.0"))!;
        Assert.IsType<WithdrawOutcome.Withdrawn>(await Store.Versions.WithdrawAsync(version, Minute(2), Entry("version.withdraw")));

        Assert.IsType<InstallOutcome.VersionWithdrawn>(await RestoreAsync(scope, s => s));

        Assert.Null(await Store.Installs.GetAsync(scope));
        Assert.Single(await Store.RemovedInstalls.ListAsync(Acme, T0));
    }

    [Fact]
    public async Task Restore_Refused_ChangesNothing()
    {
        var scope = await Installed();
        await Created(scope, Minute(5));
        await RemoveAsync(scope);

        var outcome = await Store.RemovedInstalls.RestoreAsync(
            scope, T0, (_, _) => new([new Problem("schedules", "no", "Too many")]), Entry("install.restore", install: scope.Install));

        Assert.Equal("Too many", Assert.Single(Assert.IsType<InstallOutcome.Refused>(outcome).Problems).Message);
        Assert.Null(await Store.Installs.GetAsync(scope));
        Assert.Single(await Store.RemovedInstalls.ListAsync(Acme, T0));
    }

    [Fact]
    public async Task Restore_RunIsStillUnderWay_DoesNotStartAnotherBesideIt()
    {
        var schedule = await Created(await Installed(), Minute(0));
        var run = Assert.Single((await Claim(Minute(0))).Runs);
        await RemoveAsync(schedule.Scope);
        await RestoreAsync(schedule.Scope, s => s with { NextDueAt = Minute(5) });

        Assert.Equal(run.Lease.Id, (await Reloaded(schedule)).ActiveRun);
        Assert.Empty((await Claim(Minute(5))).Runs);
        await Complete(Succeeded(run, Minute(6)));

        Assert.Null((await Reloaded(schedule)).ActiveRun);
        Assert.Single((await Claim(Minute(10))).Runs);
    }

    [Fact]
    public async Task Restore_RunEndedMeanwhile_LeavesNoneOpen()
    {
        var schedule = await Created(await Installed(), Minute(0));
        var run = Assert.Single((await Claim(Minute(0))).Runs);
        await RemoveAsync(schedule.Scope);
        await Complete(Succeeded(run, Minute(1)));

        await RestoreAsync(schedule.Scope, s => s with { NextDueAt = Minute(5) });

        Assert.Null((await Reloaded(schedule)).ActiveRun);
    }

    [Fact]
    public async Task Restore_TwiceAtOnce_BringsItBackOnce()
    {
        var scope = await Installed();
        await Created(scope, Minute(5));
        await RemoveAsync(scope);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () => await RestoreAsync(scope, s => s))));

        Assert.Single(outcomes.OfType<InstallOutcome.Done>());
        Assert.Equal(7, outcomes.OfType<InstallOutcome.NotFound>().Count());
        Assert.Single(await Store.Schedules.ListAsync(scope));
    }

    [Fact]
    public async Task RestoreAndPurge_AnotherTenantUnknownOrTooOld_AreNotFound()
    {
        var scope = await Installed();
        await RemoveAsync(scope);
        (InstallScope Scope, DateTimeOffset Since)[] unknown =
            [(scope with { Tenant = Globex }, T0), (scope with { Install = new InstallId(NewId()) }, T0), (scope, Minute(2))];
        foreach (var (wrong, since) in unknown)
        {
            Assert.IsType<InstallOutcome.NotFound>(
                await Store.RemovedInstalls.RestoreAsync(wrong, since, (_, s) => new(s), Entry("install.restore", wrong.Tenant)));
            Assert.IsType<InstallOutcome.NotFound>(await Store.RemovedInstalls.PurgeAsync(wrong, since, Entry("install.purge", wrong.Tenant)));
        }

        Assert.Single(await Store.RemovedInstalls.ListAsync(Acme, T0));
    }

    [Fact]
    public async Task Purge_RemovesForGoodAndKeepsTheLedger()
    {
        var schedule = await Created(await Installed(), Minute(0));
        await Complete(Succeeded(Assert.Single((await Claim(Minute(0))).Runs), Minute(0)));
        await RemoveAsync(schedule.Scope);

        Assert.IsType<InstallOutcome.Done>(
            await Store.RemovedInstalls.PurgeAsync(schedule.Scope, T0, Entry("install.purge", install: schedule.Scope.Install)));

        Assert.Empty(await Store.RemovedInstalls.ListAsync(Acme, T0));
        Assert.Equal("install.purge", (await Store.Audit.ListAsync(Acme, 9, schedule.Scope.Install))[0].Action);
        Assert.IsType<InstallOutcome.NotFound>(await RestoreAsync(schedule.Scope, s => s));
        Assert.Single(await Ledger(schedule));
    }

    [Fact]
    public async Task Remove_NotKept_IsGoneForGood()
    {
        var scope = await Installed();
        var deleted = await Created(scope, Minute(5));
        await Store.Schedules.DeleteAsync(scope, deleted.Id, Limits() with { KeptDeleted = 5 }, Entry("schedule.delete"));

        await Store.Installs.RemoveAsync(scope, Minute(1), keep: false, Entry("install.remove"));

        Assert.Empty(await Store.RemovedInstalls.ListAsync(Acme, T0));
        Assert.Empty(await Store.RemovedSchedules.ListAsync(scope, T0));
    }

    [Fact]
    public async Task Remove_WhilePaused_CoversTheStretchAndComesBackPaused()
    {
        var schedule = await Created(await Installed(), Minute(0));
        await Complete(Failed(Assert.Single((await Claim(Minute(0))).Runs), Minute(0)) with { PauseAfterFailures = 1 });
        await Store.Installs.RemoveAsync(schedule.Scope, Minute(22), keep: true, Entry("install.remove"));

        await RestoreAsync(schedule.Scope, s => s with { NextDueAt = Minute(30) });

        var after = await Reloaded(schedule);
        Assert.Equal((Minute(20), PauseCause.Failures, 1), (after.LastDueAt, after.Pause?.Cause, after.FailuresInARow));
        Assert.Empty((await Claim(Minute(60))).Runs);
        Assert.Equal((RunState.Skipped, RunReason.Paused), (await Ledger(schedule))[0] is var row ? (row.State, row.Reason) : default);
    }

    [Fact]
    public async Task Step_OlderThanIsKept_IsGoneForGood()
    {
        var old = await Installed();
        await Created(old, Minute(5));
        await RemoveAsync(old);
        var recent = await Installed(Globex);
        var schedule = await Created(recent, Minute(5));
        await Store.Installs.RemoveAsync(recent, Minute(9), keep: true, Entry("install.remove", Globex));

        var step = await Store.Retention.StepAsync(new RetentionCutoffs(Minute(10), null, null) { Removed = Minute(5) });

        Assert.Equal((2, false), (step.Rows, step.More));
        Assert.Empty(await Store.RemovedInstalls.ListAsync(Acme, T0));
        await Store.RemovedInstalls.RestoreAsync(recent, T0, (_, s) => new(s), Entry("install.restore", Globex));
        Assert.Equal(schedule.Id, (await Reloaded(schedule)).Id);
    }

    // Whoever installs, fills and uninstalls in a loop has the last ones kept.
    [Fact]
    public async Task Remove_MoreThanATenantMayKeep_TakesTheOldestAwayWithItsSchedules()
    {
        var version = await Published();
        var other = NewInstall(version, Globex);
        await Store.Installs.AddAsync(other, Entry("install.add", Globex));
        await Store.Installs.RemoveAsync(other.Scope, Minute(0), keep: true, Entry("install.remove", Globex));
        var scopes = new List<InstallScope>();
        for (var i = 0; i <= RemovedInstall.Most; i++)
        {
            Assert.Equal(i, (await Store.RemovedInstalls.ListAsync(Acme, T0)).Count);
            var install = NewInstall(version, Acme);
            await Store.Installs.AddAsync(install, Entry("install.add"));
            await Created(install.Scope, Minute(500));
            await Store.Installs.RemoveAsync(install.Scope, Minute(i), keep: true, Entry("install.remove"));
            scopes.Add(install.Scope);
        }

        var kept = await Store.RemovedInstalls.ListAsync(Acme, T0);
        Assert.Equal(scopes.Skip(1).Reverse(), kept.Select(k => k.Install.Scope));
        Assert.All(kept, k => Assert.Equal(1, k.Schedules));
        Assert.IsType<InstallOutcome.NotFound>(await RestoreAsync(scopes[0], s => s));
        Assert.Single(await Store.RemovedInstalls.ListAsync(Globex, T0));
    }

    // One step either side of what the payloads may come to; the last one stays even if it alone holds more.
    [Fact]
    public async Task Remove_MorePayloadThanATenantMayKeep_TakesTheOldestAway()
    {
        var version = await Published();
        async Task<InstallScope> GoneAsync(int minute, params int[] payloads)
        {
            var install = NewInstall(version, Acme);
            await Store.Installs.AddAsync(install, Entry("install.add"));
            foreach (var bytes in payloads)
            {
                await Created(NewSchedule(install.Scope) with { Payload = new string('1', bytes) });
            }

            // What was deleted of it before lies in the same place.
            var deleted = await Created(NewSchedule(install.Scope) with { Payload = "1" });
            await Store.Schedules.DeleteAsync(install.Scope, deleted.Id, Limits() with { KeptDeleted = 5 }, Entry("schedule.delete"));
            await Store.Installs.RemoveAsync(install.Scope, Minute(minute), keep: true, Entry("install.remove"));
            return install.Scope;
        }

        async Task<IEnumerable<InstallScope>> KeptAsync() => (await Store.RemovedInstalls.ListAsync(Acme, T0)).Select(r => r.Install.Scope);

        var first = await GoneAsync(1);
        var large = await GoneAsync(2, RemovedInstall.MostBytes - 3, 1);
        Assert.Equal([large, first], await KeptAsync());

        var last = await GoneAsync(3);
        Assert.Equal([last, large], await KeptAsync());
        Assert.Empty(await Store.RemovedSchedules.ListAsync(first, T0));

        var larger = await GoneAsync(4, RemovedInstall.MostBytes);
        Assert.Equal([larger], await KeptAsync());
    }

    private async Task RemoveAsync(InstallScope scope) => Assert.IsType<InstallOutcome.Done>(
        await Store.Installs.RemoveAsync(scope, Minute(1), keep: true, Entry("install.remove", scope.Tenant, scope.Install)));

    private ValueTask<InstallOutcome> RestoreAsync(InstallScope scope, Func<Schedule, Schedule> change) => Store.RemovedInstalls.RestoreAsync(
        scope, T0, (_, kept) => new([.. kept.Select(change)]), Entry("install.restore", scope.Tenant, scope.Install));
}
