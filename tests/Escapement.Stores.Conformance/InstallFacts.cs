using Escapement.Audit;
using Escapement.Extensions;
using Escapement.Installs;
using Escapement.Noting;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Stores.Conformance;

public abstract class InstallFacts(IStoreFixture store) : StoreFacts(store)
{
    [Fact]
    public async Task NoteUses_OfSeveral_KeepsTheLatestOfEachAndNoneOfAnInstallThatIsNotThere()
    {
        var (one, other) = (await Installed(), await Installed(Globex));
        Use<InstalledCapability> Used(InstallScope scope, string capability, int minute) => new(new InstalledCapability(scope, capability), Minute(minute));

        await Store.Installs.NoteUsesAsync(
        [
            Used(one, Capability.LogEmit, 2),
            Used(one, Capability.SchedulerManage, 5),
            Used(other, Capability.LogEmit, 7),
            Used(one with { Tenant = Globex }, Capability.ContextRead, 7),
            Used(new InstallScope(Acme, new InstallId(NewId())), Capability.LogEmit, 7),
        ]);
        await Store.Installs.NoteUsesAsync([Used(one, Capability.LogEmit, 1), Used(one, Capability.SchedulerManage, 6)]);

        Assert.Equal([Used(one, Capability.LogEmit, 2), Used(one, Capability.SchedulerManage, 6)], await Store.Installs.ListUsesAsync(one));
        Assert.Equal([Used(other, Capability.LogEmit, 7)], await Store.Installs.ListUsesAsync(other));
        Assert.Empty(await Store.Installs.ListUsesAsync(one with { Tenant = Globex }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task NoteUses_OfAnInstallThatIsRemoved_ComeBackWithItOrGoForGood(bool forGood)
    {
        var scope = await Installed();
        await Store.Installs.NoteUsesAsync([new(new InstalledCapability(scope, Capability.LogEmit), Minute(2))]);
        await Store.Installs.RemoveAsync(scope, Minute(3), keep: true, Entry("install.remove", install: scope.Install));
        if (forGood)
        {
            await Store.RemovedInstalls.PurgeAsync(scope, T0, Entry("install.purge", install: scope.Install));
        }
        else
        {
            await Store.RemovedInstalls.RestoreAsync(
                scope, T0, (_, schedules) => new Result<IReadOnlyList<Schedule>>(schedules), Entry("install.restore", install: scope.Install));
        }

        Assert.Equal(forGood ? 0 : 1, (await Store.Installs.ListUsesAsync(scope)).Count);
    }

    [Fact]
    public async Task ListOfExtension_OfAllTenants_IsByTenantPageByPage()
    {
        var (globex, acme) = (await Installed(Globex), await Installed());
        await Installed(extension: "com.acme.other");

        var all = await Store.Installs.ListOfExtensionAsync("com.acme.sync", "", 9);
        Assert.Equal([acme, globex], all.Select(i => i.Scope));
        Assert.Equivalent(await Store.Installs.GetAsync(acme), all[0], strict: true);
        Assert.Equal([globex], (await Store.Installs.ListOfExtensionAsync("com.acme.sync", Acme.Value, 9)).Select(i => i.Scope));
        Assert.Equal([acme], (await Store.Installs.ListOfExtensionAsync("com.acme.sync", "", 1)).Select(i => i.Scope));
        Assert.Empty(await Store.Installs.ListOfExtensionAsync("com.acme.none", "", 9));
    }

    [Fact]
    public async Task Add_New_ComesBackAsGiven()
    {
        var before = await Published(version: "0.9.0");
        var install = NewInstall(await Published(), Acme) with { PreviousVersion = before.Id };

        await Store.Installs.AddAsync(install, Entry("install.add", install: install.Scope.Install));

        Install?[] all =
        [
            await Store.Installs.GetAsync(install.Scope),
            await Store.Installs.FindAsync(Acme, install.ExtensionId),
            Assert.Single(await Store.Installs.ListAsync(Acme)),
            Assert.Single(await Store.Installs.GetManyAsync([install.Scope])),
        ];
        foreach (var stored in all)
        {
            Assert.NotNull(stored);
            Assert.Equal(install with { Granted = stored.Granted }, stored);
            Assert.Equal(install.Granted.Order(), stored.Granted.Order());
        }

        Assert.Equal(AuditOutcome.Done, Assert.Single(await Store.Audit.ListAsync(Acme, 9, install.Scope.Install)).Outcome);
    }

    [Fact]
    public async Task Add_SameExtensionTwice_IsRefusedAndAudited()
    {
        var version = await Published();
        var first = NewInstall(version, Acme);
        var second = NewInstall(version, Acme);
        await Store.Installs.AddAsync(first, Entry("install.add"));

        var outcome = await Store.Installs.AddAsync(second, Entry("install.add", install: second.Scope.Install));

        Assert.Equal(first.Scope.Install, Assert.IsType<InstallOutcome.AlreadyInstalled>(outcome).Existing);
        Assert.Equal(AuditOutcome.Refused, Assert.Single(await Store.Audit.ListAsync(Acme, 9, second.Scope.Install)).Outcome);
        Assert.IsType<InstallOutcome.Done>(await Store.Installs.AddAsync(NewInstall(version, Globex), Entry("install.add")));
    }

    [Fact]
    public async Task Reads_AnotherTenant_AnswerNothing()
    {
        var scope = await Installed();

        Assert.Null(await Store.Installs.GetAsync(scope with { Tenant = Globex }));
        Assert.Null(await Store.Installs.FindAsync(Globex, "com.acme.sync"));
        Assert.Empty(await Store.Installs.ListAsync(Globex));
    }

    [Fact]
    public async Task GetMany_SomeGone_AnswersTheOthers()
    {
        var a = await Installed();
        var b = await Installed(Globex);

        var found = await Store.Installs.GetManyAsync([a, b, a with { Tenant = Globex }, a with { Install = new InstallId(NewId()) }]);

        Assert.Equal(new HashSet<InstallScope> { a, b }, found.Select(i => i.Scope).ToHashSet());
    }

    [Fact]
    public async Task ListEnabledVersions_OfAllTenants_AreThoseThatSomebodyHasEnabled()
    {
        var one = await Published();
        var two = await Published("com.acme.other");
        var three = await Published("com.acme.third");
        await Store.Installs.AddAsync(NewInstall(one, Acme), Entry("install.add"));
        await Store.Installs.AddAsync(NewInstall(one, Globex, enabled: false), Entry("install.add", Globex));
        await Store.Installs.AddAsync(NewInstall(two, Globex), Entry("install.add", Globex));
        await Store.Installs.AddAsync(NewInstall(three, Acme, enabled: false), Entry("install.add"));

        Assert.Equal(new HashSet<VersionId> { one.Id, two.Id }, await Store.Installs.ListEnabledVersionsAsync());
    }

    [Fact]
    public async Task Disable_TakesTheNextOccurrences()
    {
        var scope = await Installed();
        var schedule = await Created(scope, Minute(5));

        var outcome = await Store.Installs.SetEnabledAsync(scope, false, Minute(1), DueAt(null), Entry("install.disable"));

        Assert.Equal((false, Minute(1)), Assert.IsType<InstallOutcome.Done>(outcome) is { Install: var i } ? (i.Enabled, i.UpdatedAt) : default);
        Assert.Equal(schedule with { NextDueAt = null }, await Reloaded(schedule));
        Assert.Empty((await Claim(Minute(5))).Runs);
        Assert.Null(await Store.Claims.PeekAsync(T0));
    }

    [Fact]
    public async Task Enable_SetsTheNextOccurrencesOfEnabledSchedules()
    {
        var scope = await Installed(enabled: false);
        var enabled = await Created(scope);
        var disabled = await Created(NewSchedule(scope) with { Enabled = false });

        await Store.Installs.SetEnabledAsync(
            scope, true, Minute(1), s => s with { NextDueAt = s.Id == enabled.Id ? Minute(7) : Minute(8) }, Entry("install.enable"));

        Assert.Equal(Minute(7), (await Reloaded(enabled)).NextDueAt);
        Assert.Null((await Reloaded(disabled)).NextDueAt);
        Assert.True((await Store.Installs.GetAsync(scope))!.Enabled);
    }

    [Fact]
    public async Task Enable_OneScheduleIsBroken_DisablesThatOneAndEnablesTheRest()
    {
        var scope = await Installed(enabled: false);
        var broken = await Created(scope);
        var fine = await Created(scope);

        var outcome = await Store.Installs.SetEnabledAsync(
            scope,
            true,
            Minute(1),
            s => s.Id == broken.Id ? s with { Enabled = false, LastError = "No such zone" } : s with { NextDueAt = Minute(7) },
            Entry("install.enable"));

        Assert.True(Assert.IsType<InstallOutcome.Done>(outcome).Install.Enabled);
        var after = await Reloaded(broken);
        Assert.Equal((false, null, "No such zone"), (after.Enabled, after.NextDueAt, after.LastError));
        Assert.Equal(fine with { NextDueAt = Minute(7) }, await Reloaded(fine));
    }

    [Fact]
    public async Task SetEnabled_AsItIs_ChangesNothing()
    {
        var scope = await Installed();
        var schedule = await Created(scope, Minute(5));

        Assert.IsType<InstallOutcome.Done>(
            await Store.Installs.SetEnabledAsync(scope, true, Minute(1), DueAt(Minute(99)), Entry("install.enable")));

        Assert.Equal(schedule, await Reloaded(schedule));
        Assert.Equal(T0, (await Store.Installs.GetAsync(scope))!.UpdatedAt);
    }

    [Fact]
    public async Task Disable_OtherInstalls_StayDue()
    {
        var other = await Created(await Installed(Globex), Minute(5));

        await Store.Installs.SetEnabledAsync(await Installed(), false, T0, DueAt(null), Entry("install.disable"));

        Assert.Equal(other, await Reloaded(other));
    }

    [Fact]
    public async Task Remove_TakesSchedulesAndAbandonsQueuedRunsAndKeepsTheLedger()
    {
        var scope = await Installed();
        var underWay = await Created(scope, Minute(0));
        var run = Assert.Single((await Claim(Minute(0))).Runs);
        var queued = await Created(scope);
        await Store.Runs.RunNowAsync(scope, queued.Id, new RunId(NewId()), Minute(0), "ops", Entry("schedule.run-now"));
        var stranger = await Created(await Installed(Globex), Minute(9));

        var outcome = await Store.Installs.RemoveAsync(scope, Minute(1), keep: true, Entry("install.remove", install: scope.Install));

        Assert.Equal(scope, Assert.IsType<InstallOutcome.Done>(outcome).Install.Scope);
        Assert.Null(await Store.Installs.GetAsync(scope));
        Assert.Empty(await Store.Schedules.ListAsync(scope));
        var abandoned = Assert.Single(await Ledger(queued));
        Assert.Equal((RunState.Abandoned, RunReason.InstallRemoved), (abandoned.State, abandoned.Reason));
        Assert.Equal(RunState.Running, Assert.Single(await Ledger(underWay)).State);
        await Complete(Succeeded(run, Minute(1)));
        Assert.NotEmpty(await Store.Audit.ListAsync(Acme, 9, scope.Install));
        Assert.Equal(stranger, await Reloaded(stranger));
        Assert.Equal(ScheduleChangeKind.InstallGone, (await Store.Schedules.CreateAsync(NewSchedule(scope), Limits(), Entry("schedule.create"))).Kind);
    }

    [Fact]
    public async Task Changes_AnotherTenant_AreNotFoundAndAudited()
    {
        var scope = await Installed();
        var stranger = scope with { Tenant = Globex };

        Assert.IsType<InstallOutcome.NotFound>(await Store.Installs.SetEnabledAsync(stranger, false, T0, DueAt(null), Entry("install.disable", Globex)));
        Assert.IsType<InstallOutcome.NotFound>(await Store.Installs.RemoveAsync(stranger, T0, keep: true, Entry("install.remove", Globex)));

        Assert.True((await Store.Installs.GetAsync(scope))!.Enabled);
        var audit = await Store.Audit.ListAsync(Globex, 9);
        Assert.Equal(2, audit.Count);
        Assert.All(audit, e => Assert.Equal(AuditOutcome.Refused, e.Outcome));
    }

    private static Func<Schedule, Schedule> DueAt(DateTimeOffset? due) => schedule => schedule with { NextDueAt = due };
}
