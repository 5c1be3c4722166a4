using Escapement.Audit;
using Escapement.Compiling;
using Escapement.Extensions;
using Escapement.Installs;
using Escapement.Scheduling;
using Escapement.Waking;
using Microsoft.Extensions.Logging.Abstractions;

namespace Escapement.Stores.Conformance;

/// <summary>Everything that can be done to installs is done to the same few at once, while they fire: nothing is lost, and nothing runs twice.</summary>
public abstract class InstallTumultFacts(IStoreFixture store) : StoreFacts(store)
{
    private const int Installs = 4;
    private const int PerInstall = 10;
    private const int Callers = 6;
    private const int ChangesEach = 40;
    private const int Rounds = 6;

    private static readonly Actor Ops = new(ActorKind.Admin, "ops");

    [Fact]
    public async Task Everything_AtOnce_LosesNothingAndRunsNothingTwice()
    {
        var one = await Published(version: "1.0.0");
        await Published(version: "2.0.0");
        var schedules = new List<Schedule>();
        for (var i = 0; i < Installs; i++)
        {
            var install = NewInstall(one, TenantId.Parse($"tenant-{i}"));
            await Store.Installs.AddAsync(install, Entry("install.add", install.Scope.Tenant));
            for (var n = 0; n < PerInstall; n++)
            {
                schedules.Add(await Created(install.Scope, Minute(0)));
            }
        }

        var scopes = schedules.Select(s => s.Scope).Distinct().ToList();
        using var engine = new SteppedEngine(Store, T0.AddSeconds(-1));

        // Once in peace: how much runs beside the changes is a matter of pace, and may be nothing.
        await engine.StepAsync(Minute(0));
        var changing = Task.WhenAll(Enumerable.Range(0, Callers).Select(seed => Task.Run(() => ChangeAsync(engine.Time, scopes, new Random(seed)))));
        var stepping = Task.Run(async () =>
        {
            for (var round = 1; round <= Rounds; round++)
            {
                await engine.StepAsync(Minute(5 * round));
            }
        });
        await Task.WhenAll(changing, stepping);
        await engine.StopAsync();

        Assert.InRange(engine.Ran.Count, schedules.Count, int.MaxValue);
        Assert.All(engine.Ran.Values, times => Assert.Equal(1, times));
        var there = new List<ScheduleId>();
        foreach (var scope in scopes)
        {
            there.AddRange(await CheckAsync(scope));
        }

        Assert.Equal(schedules.Select(s => s.Id.Value).Order(), there.Select(id => id.Value).Order());
    }

    // Each install is there or kept, with what was not deleted of it; and no run stays open on a schedule that nobody is at.
    private async Task<IReadOnlyList<ScheduleId>> CheckAsync(InstallScope scope)
    {
        var deleted = (await Store.RemovedSchedules.ListAsync(scope, T0.AddDays(-1))).Select(s => s.Schedule.Id);
        if (await Store.Installs.GetAsync(scope) is not { } install)
        {
            Assert.Equal(scope, Assert.Single(await Store.RemovedInstalls.ListAsync(scope.Tenant, T0.AddDays(-1))).Install.Scope);
            Assert.Empty(await Store.Schedules.ListAsync(scope));
            await Store.RemovedInstalls.RestoreAsync(scope, T0.AddDays(-1), (_, s) => new(s), Entry("install.restore", scope.Tenant));
            return [.. (await Store.Schedules.ListAsync(scope)).Select(s => s.Id), .. deleted];
        }

        Assert.Empty(await Store.RemovedInstalls.ListAsync(scope.Tenant, T0.AddDays(-1)));
        var live = await Store.Schedules.ListAsync(scope);
        Assert.All(live, s => Assert.Equal((null, install.Enabled), (s.ActiveRun, s.NextDueAt is not null)));
        return [.. live.Select(s => s.Id), .. deleted];
    }

    private async Task ChangeAsync(TimeProvider time, IReadOnlyList<InstallScope> scopes, Random random)
    {
        var limits = new ScheduleLimits { ChangeBurst = 1_000_000 };
        var catalog = new VersionCatalog(Store.Versions);
        var wake = new WakeSignal(time);
        using var audit = new AuditLog(Store.Audit, time, NullLogger<AuditLog>.Instance);
        await audit.StartAsync(CancellationToken.None);
        var installs = new InstallOperations(Store.Installs, Store.Versions, new NothingToCompile(), wake, time, limits);
        var upgrades = new InstallUpgrades(Store.Installs, Store.Schedules, catalog, Store.Versions, new NothingToCompile(), wake, time);
        var removed = new RemovedInstalls(Store.RemovedInstalls, Store.Installs, Store.Versions, catalog, new NothingToCompile(), limits, wake, time);
        var schedules = new ScheduleOperations(Store.Schedules, audit, wake, time, limits);
        var deleted = new RemovedSchedules(Store.RemovedSchedules, audit, limits, wake, time);
        var lookUp = new InstalledExtensions(Store.Installs, catalog);
        for (var i = 0; i < ChangesEach; i++)
        {
            var scope = scopes[random.Next(scopes.Count)];
            switch (random.Next(6))
            {
                case 0:
                    await installs.RemoveAsync(scope, Ops);
                    break;
                case 1:
                    await removed.RestoreAsync(scope, Ops);
                    break;
                case 2:
                    await installs.SetEnabledAsync(scope, random.Next(2) == 0, Ops);
                    break;
                case 3 when await lookUp.GetAsync(scope) is { } installed:
                    var preview = installed.Version.Manifest.Version == "1.0.0"
                        ? await upgrades.PreviewAsync(installed, "2.0.0")
                        : await upgrades.PreviewRollBackAsync(installed);
                    await upgrades.UpgradeAsync(preview.Value.Plan, new UpgradeConsent(), Ops);
                    break;
                case 4 when await Store.Schedules.ListAsync(scope) is { Count: > 0 } some:
                    await schedules.DeleteAsync(scope, some[random.Next(some.Count)].Id.ToString(), Ops);
                    break;
                case 5 when await deleted.ListAsync(scope, behind: null, limit: 1_000) is { Count: > 0 } some:
                    await deleted.RestoreAsync(scope, some[random.Next(some.Count)].Schedule.Id.ToString(), name: null, Ops);
                    break;
            }
        }

        await audit.StopAsync(CancellationToken.None);
    }
}
