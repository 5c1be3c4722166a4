using Escapement.Audit;
using Escapement.Compiling;
using Escapement.Extensions;
using Escapement.Installs;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Waking;

namespace Escapement.Stores.Conformance;

/// <summary>
/// The engine fires while installs are upgraded and rolled back beneath it: nothing is lost, nothing comes twice, and every run says what it ran.
/// </summary>
public abstract class UpgradeWhileFiringFacts(IStoreFixture store) : StoreFacts(store)
{
    private const int Tenants = 20;
    private const int PerInstall = 50;
    private const int Rounds = 4;

    [Fact]
    public async Task Upgrade_InTheMiddleOfAThousandFiringSchedules_LosesAndDoublesNone()
    {
        var (one, two) = (await Published(version: "1.0.0"), await Published(version: "2.0.0"));
        var schedules = await ScheduledAsync(one);
        using var firing = new SteppedEngine(Store, T0.AddSeconds(-1));
        using var done = new CancellationTokenSource();
        var upgrading = Task.Run(() => UpgradeAsync(firing, [.. schedules.Select(s => s.Scope).Distinct()], done.Token));
        for (var round = 0; round < Rounds; round++)
        {
            await firing.FireAsync(Minute(5 * round), schedules.Count * (round + 1));
        }

        await done.CancelAsync();
        var upgrades = await upgrading;
        await firing.StopAsync();

        Assert.True(upgrades > Tenants, $"{upgrades} upgrades are too few to mean anything");
        Assert.Equal(schedules.Count * Rounds, firing.Ran.Count);
        Assert.All(firing.Ran.Values, times => Assert.Equal(1, times));
        var versions = new HashSet<VersionId?>();
        foreach (var schedule in schedules)
        {
            var rows = (await Ledger(schedule)).OrderBy(r => r.DueAt).ToList();
            Assert.Equal(Enumerable.Range(0, Rounds).Select(r => (Minute(5 * r), RunState.Succeeded)), rows.Select(r => (r.DueAt, r.State)));
            Assert.All(rows, r => Assert.Equal(firing.VersionOf[(r.Schedule.ToString(), r.DueAt)], r.Version));
            versions.UnionWith(rows.Select(r => r.Version));
        }

        Assert.Equal(new HashSet<VersionId?> { one.Id, two.Id }, versions);
    }

    private async Task<List<Schedule>> ScheduledAsync(ExtensionVersion version)
    {
        var schedules = new List<Schedule>();
        for (var t = 0; t < Tenants; t++)
        {
            var install = NewInstall(version, TenantId.Parse($"tenant-{t}"));
            await Store.Installs.AddAsync(install, Entry("install.add", install.Scope.Tenant));
            schedules.AddRange(await Task.WhenAll(Enumerable.Range(0, PerInstall).Select(_ => Created(install.Scope, Minute(0)))));
        }

        return schedules;
    }

    // Forth and back, all installs in turn.
    private async Task<int> UpgradeAsync(SteppedEngine firing, IReadOnlyList<InstallScope> installs, CancellationToken done)
    {
        var catalog = new VersionCatalog(Store.Versions);
        var wake = new WakeSignal(firing.Time);
        var upgrades = new InstallUpgrades(Store.Installs, Store.Schedules, catalog, Store.Versions, new NothingToCompile(), wake, firing.Time);
        var lookUp = new InstalledExtensions(Store.Installs, catalog);
        var count = 0;
        while (!done.IsCancellationRequested)
        {
            var installed = (await lookUp.GetAsync(installs[count++ % installs.Count]))!;
            var preview = installed.Install.PreviousVersion is null
                ? await upgrades.PreviewAsync(installed, "2.0.0")
                : await upgrades.PreviewRollBackAsync(installed);
            Assert.Empty((await upgrades.UpgradeAsync(preview.Value.Plan, new UpgradeConsent(), new Actor(ActorKind.Admin, "ops"))).Problems);
        }

        return count;
    }
}
