using System.Diagnostics;

namespace Escapement.Bench.Scenarios;

/// <summary>How long the runs of a node that was killed wait until another has taken them all, with default settings.</summary>
internal static class Failover
{
    private const int Count = 500;

    public static async Task<IEnumerable<Figure>> RunAsync(BenchOptions options)
    {
        await using var place = Place.Of(options);
        var installs = await place.PrepareAsync(50 * Count);
        await place.LoadAsync(installs, Count, Place.Time.GetUtcNow().AddSeconds(-1), TimeSpan.Zero);
        await place.SettleAsync();

        // The first node has all runs, and none of them would end within this benchmark.
        await using var lost = await NodeProcess.StartAsync(place, "lost", Count, TimeSpan.FromHours(1), defaultLimits: true);
        while (await place.OpenRunsOfAsync("lost") < Count)
        {
            await Task.Delay(50);
        }

        await using var heir = await NodeProcess.StartAsync(place, "heir", Count, defaultLimits: true);

        // Its leases are extended every few seconds: where in between it dies is left to chance.
        await Task.Delay(TimeSpan.FromSeconds(10 + (4 * Random.Shared.NextDouble())));
        var clock = Stopwatch.StartNew();
        await lost.KillAsync();
        while (await place.OpenRunsOfAsync("lost") > 0)
        {
            await Task.Delay(5);
        }

        var seconds = clock.Elapsed.TotalSeconds;
        await NodeProcess.RecordedAsync([heir], Count);
        return [new Figure("failover: kill -9 of a node with 500 runs, seconds until another has them all", seconds, 10)];
    }
}
