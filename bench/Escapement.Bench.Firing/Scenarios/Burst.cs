namespace Escapement.Bench.Scenarios;

/// <summary>So many schedules due at one instant: how long until all are durably recorded.</summary>
internal static class Burst
{
    public static async Task<IEnumerable<Figure>> RunAsync(BenchOptions options)
    {
        const int Count = 5_000;
        await using var place = Place.Of(options);
        var installs = await place.PrepareAsync(Count);
        await using var nodes = await Drained.WarmAsync(place, installs, 1);
        var drained = await nodes.RunAsync(Count, TimeSpan.FromSeconds(5));
        return
        [
            new Figure("burst: 5,000 due at one instant, seconds until all are recorded", drained.Seconds, 0.5),
            new Figure("burst: p99 late, ms", Figures.Percentile(drained.LateMs, 99)),
        ];
    }
}
