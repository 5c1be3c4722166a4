using System.Diagnostics;
using Escapement.Audit;
using Escapement.Compiling;
using Escapement.Extensions;
using Escapement.Installs;
using Escapement.Waking;

namespace Escapement.Bench.Scenarios;

/// <summary>Upgrading installs with as many schedules as they may have, one after another; each is previewed first and durable when answered.</summary>
internal static class Upgrade
{
    private const int Tenants = 1_000;
    private const int SchedulesPerInstall = 50;
    private const int Tenth = Tenants / 10;

    public static async Task<IEnumerable<Figure>> RunAsync(BenchOptions options)
    {
        await using var place = Place.Of(options);
        await using var store = await place.OpenAsync();
        var installs = await store.InstallForAsync((Tenants + Tenth) * SchedulesPerInstall);
        await place.LoadAsync(installs, installs.Count * SchedulesPerInstall, Place.Time.GetUtcNow().AddDays(1), TimeSpan.FromMilliseconds(1));
        await store.PublishAsync("2.0.0");
        await place.SettleAsync();

        var catalog = new VersionCatalog(store.Versions);
        var upgrades = new InstallUpgrades(
            store.Installs, store.Schedules, catalog, store.Versions, new NothingToCompile(), new WakeSignal(Place.Time), Place.Time);
        var (previews, commits) = (new List<double>(), new List<double>());
        foreach (var install in installs)
        {
            var started = Stopwatch.GetTimestamp();
            var preview = await upgrades.PreviewAsync(install, "2.0.0");
            var shown = Stopwatch.GetTimestamp();
            var upgraded = await upgrades.UpgradeAsync(preview.Value.Plan, new UpgradeConsent(), new Actor(ActorKind.Admin, "bench"));
            commits.Add(Stopwatch.GetElapsedTime(shown).TotalMilliseconds);
            previews.Add(Stopwatch.GetElapsedTime(started, shown).TotalMilliseconds);
            if (!upgraded.IsOk)
            {
                throw new InvalidOperationException(upgraded.Problems[0].Message);
            }
        }

        // The first tenth warms up.
        double[] all = [.. commits.Skip(Tenth).Order()];
        var first = Figures.Percentile([.. commits.Skip(Tenth).Take(Tenth).Order()], 50);
        var last = Figures.Percentile([.. commits.TakeLast(Tenth).Order()], 50);
        return
        [
            new Figure("upgrade: an install with 50 schedules, 95th percentile, ms", Figures.Percentile(all, 95), 15),
            new Figure("upgrade: the same, median, ms", Figures.Percentile(all, 50)),
            new Figure("upgrade: its preview, 95th percentile, ms", Figures.Percentile([.. previews.Skip(Tenth).Order()], 95), 20),
            new Figure("upgrade: 1,000 tenants one after another, s", all.Sum() / 1_000, 15),
            new Figure("upgrade: the median of the last hundred of them over that of the first hundred", last / first, 1.25),
        ];
    }
}
