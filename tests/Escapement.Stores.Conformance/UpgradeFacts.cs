using System.Collections.Frozen;
using Escapement.Audit;
using Escapement.Compiling;
using Escapement.Extensions;
using Escapement.Firing.Claiming;
using Escapement.Installs;
using Escapement.Scheduling;
using Escapement.Waking;

namespace Escapement.Stores.Conformance;

/// <summary>Changes of an install's version and grants, as the store carries them out.</summary>
public abstract class UpgradeFacts(IStoreFixture store) : StoreFacts(store)
{
    private static readonly FrozenSet<string> Both = FrozenSet.Create(StringComparer.Ordinal, Capability.LogEmit, Capability.SchedulerManage);

    private static readonly Actor Ops = new(ActorKind.Admin, "ops");

    [Fact]
    public async Task Change_Decided_WritesTheInstallAndSaysWhatChanged()
    {
        var scope = await Installed();
        var target = await Published(version: "2.0.0");
        var before = (await Store.Installs.GetAsync(scope))!;
        var after = before with
        {
            Version = target.Id, PreviousVersion = before.Version, Granted = Both, PreviousGranted = before.Granted, UpdatedAt = Minute(1),
        };

        var outcome = await Store.Installs.ChangeAsync(
            scope, target.Id, (_, _) => InstallChange.To(after, "1.0.0 -> 2.0.0"), Entry("install.upgrade", install: scope.Install));

        Assert.Equal(after, Assert.IsType<InstallOutcome.Done>(outcome).Install);
        var stored = (await Store.Installs.GetAsync(scope))!;
        Assert.Equal(after with { Granted = stored.Granted, PreviousGranted = stored.PreviousGranted }, stored);
        Assert.Equal(Both.Order(), stored.Granted.Order());
        Assert.Equal(before.Granted.Order(), stored.PreviousGranted!.Order());
        var entry = (await Store.Audit.ListAsync(Acme, 9, scope.Install))[0];
        Assert.Equal(("install.upgrade", AuditOutcome.Done, "1.0.0 -> 2.0.0"), (entry.Action, entry.Outcome, entry.Detail));
    }

    [Fact]
    public async Task Change_Decides_ByTheInstallAndWhatItsSchedulesCall()
    {
        var scope = await Installed();
        var one = await Created(scope, Minute(5));
        var two = await Created(NewSchedule(scope) with { Endpoint = new EndpointKey("GET", "/api/status"), Enabled = false });
        await Created(await Installed(Globex), Minute(5));
        IReadOnlyList<EndpointUse>? seen = null;

        await Store.Installs.ChangeAsync(
            scope,
            null,
            (install, uses) =>
            {
                seen = [.. uses];
                return InstallChange.To(install, "");
            },
            Entry("install.grant", install: scope.Install));

        Assert.Equal([new EndpointUse(one.Id, one.Endpoint, 1), new EndpointUse(two.Id, two.Endpoint, 1)], seen);
    }

    [Fact]
    public async Task Change_Refused_WritesNothingButTheAudit()
    {
        var scope = await Installed();
        var before = await Store.Installs.GetAsync(scope);

        var outcome = await Store.Installs.ChangeAsync(
            scope, null, (_, _) => InstallChange.Refuse([new Problem("x", "no", "It may not be")]), Entry("install.upgrade", install: scope.Install));

        Assert.Equal("It may not be", Assert.Single(Assert.IsType<InstallOutcome.Refused>(outcome).Problems).Message);
        Assert.Equal(before!.UpdatedAt, (await Store.Installs.GetAsync(scope))!.UpdatedAt);
        var entry = (await Store.Audit.ListAsync(Acme, 9, scope.Install))[0];
        Assert.Equal((AuditOutcome.Refused, "It may not be"), (entry.Outcome, entry.Detail));
    }

    [Fact]
    public async Task Change_ResetsFailures_OfThisInstallsSchedulesAlone()
    {
        var schedule = await Created(await Installed(), Minute(0));
        var other = await Created(await Installed(extension: "com.acme.other"), Minute(0));
        foreach (var run in (await Claim(Minute(0))).Runs)
        {
            await Complete(Failed(run, Minute(0)) with { PauseAfterFailures = 20 });
        }

        await Store.Installs.ChangeAsync(
            schedule.Scope, null, (install, _) => InstallChange.To(install, "", resetsFailures: true), Entry("install.upgrade"));

        Assert.Equal((0, 1), ((await Reloaded(schedule)).FailuresInARow, (await Reloaded(other)).FailuresInARow));
    }

    [Fact]
    public async Task Change_ToAWithdrawnVersion_IsRefused()
    {
        var scope = await Installed();
        var target = await Published(version: "2.0.0");
        await Store.Versions.WithdrawAsync(target, Minute(1), Entry("version.withdraw"));

        var outcome = await Store.Installs.ChangeAsync(scope, target.Id, (install, _) => throw new InvalidOperationException(), Entry("install.upgrade"));

        Assert.IsType<InstallOutcome.VersionWithdrawn>(outcome);
    }

    [Fact]
    public async Task Change_AnotherTenantOrUnknown_IsNotFoundAndAudited()
    {
        var scope = await Installed();
        foreach (var stranger in new[] { scope with { Tenant = Globex }, scope with { Install = new InstallId(NewId()) } })
        {
            var outcome = await Store.Installs.ChangeAsync(
                stranger, null, (install, _) => throw new InvalidOperationException(), Entry("install.grant", stranger.Tenant, stranger.Install));

            Assert.IsType<InstallOutcome.NotFound>(outcome);
            Assert.Equal(AuditOutcome.Refused, (await Store.Audit.ListAsync(stranger.Tenant, 9, stranger.Install))[0].Outcome);
        }
    }

    [Fact]
    public async Task Withdraw_TheVersionBeforeAnUpgrade_IsInstalledStill()
    {
        var scope = await Installed();
        var old = (await Store.Versions.FindAsync("com.acme.sync", "1.0.0"))!;
        var target = await Published(version: "2.0.0");
        await Store.Installs.ChangeAsync(
            scope,
            target.Id,
            (install, _) => InstallChange.To(install with { Version = target.Id, PreviousVersion = install.Version }, ""),
            Entry("install.upgrade"));

        Assert.IsType<WithdrawOutcome.Installed>(await Store.Versions.WithdrawAsync(old, Minute(1), Entry("version.withdraw")));
    }

    [Fact]
    public async Task Create_EndpointWentWithAnUpgrade_IsRefused()
    {
        var scope = await Installed();
        var there = await Created(scope, Minute(5));
        var target = await Published(version: "2.0.0", endpoints: [new DeclaredEndpoint("GET", "/api/status", "status", true)]);
        await Store.Installs.ChangeAsync(
            scope, target.Id, (install, _) => InstallChange.To(install with { Version = target.Id }, ""), Entry("install.upgrade"));

        var created = await Store.Schedules.CreateAsync(NewSchedule(scope), Limits(), Entry("schedule.create"));
        var moved = await Store.Schedules.UpdateAsync(
            scope, there.Id, s => s with { Endpoint = new EndpointKey("DELETE", "/api/status") }, Limits(), Entry("schedule.update"));
        var renamed = await Store.Schedules.UpdateAsync(scope, there.Id, s => s with { Name = "other" }, Limits(), Entry("schedule.update"));

        Assert.Equal(["endpoint"], created.FieldErrors!.Keys);
        Assert.Equal(["endpoint"], moved.FieldErrors!.Keys);
        Assert.True(renamed.IsDone);
    }

    [Fact]
    public async Task Upgrade_HoldingWhatItLoses_HoldsAndGoingBackLetsGo()
    {
        var scope = await Installed();
        var lost = await Created(scope, Minute(5));
        var follows = await Created(NewSchedule(scope, Minute(5)) with { Endpoint = new EndpointKey("GET", "/api/status") });
        await Published(version: "2.0.0", endpoints: [new DeclaredEndpoint("GET", "/api/status", "status", true)]);
        var time = new SteppedTime(Minute(1));
        var catalog = new VersionCatalog(Store.Versions);
        var upgrades = new InstallUpgrades(
            Store.Installs, Store.Schedules, catalog, Store.Versions, new NothingToCompile(), new WakeSignal(time), time);
        var lookUp = new InstalledExtensions(Store.Installs, catalog);

        var preview = (await upgrades.PreviewAsync((await lookUp.GetAsync(scope))!, "2.0.0")).Value;
        Assert.False(preview.CanCommit);
        Assert.Equal("endpoint-gone", Assert.Single((await upgrades.UpgradeAsync(preview.Plan, new UpgradeConsent(), Ops)).Problems).Code);
        Assert.True((await upgrades.UpgradeAsync(preview.Plan, new UpgradeConsent(HoldsLost: true), Ops)).IsOk);

        var held = await Reloaded(lost);
        Assert.Equal((true, PauseCause.EndpointGone, held.Pause?.Note), (held.Enabled, held.Pause?.Cause, held.LastError));
        Assert.Equal(follows, await Reloaded(follows));
        Assert.Equal(follows.Id, Assert.Single((await Claim(Minute(5))).Runs).Schedule);

        time.Set(Minute(6));
        var back = (await upgrades.PreviewRollBackAsync((await lookUp.GetAsync(scope))!)).Value;
        Assert.Equal([ScheduleFate.Returns, ScheduleFate.Follows], back.Schedules.Select(s => s.Fate));
        Assert.True((await upgrades.UpgradeAsync(back.Plan, new UpgradeConsent(), Ops)).IsOk);

        Assert.Null((await Reloaded(lost)).LastError);
        await Store.Claims.ClaimAsync(Request(Minute(6), plan: due => new OccurrencePlanner(TimeSpan.FromHours(24)).Plan(due, Minute(6))));
        var free = await Reloaded(lost);
        Assert.Equal((null, Minute(10)), (free.Pause, free.NextDueAt));
    }
}
