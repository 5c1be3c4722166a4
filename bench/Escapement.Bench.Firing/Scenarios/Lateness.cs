namespace Escapement.Bench.Scenarios;

/// <summary>Lateness at a steady rate with many more schedules stored than due, on as many nodes as the store is made for.</summary>
internal static class Lateness
{
    private const int Stored = 1_000_000;
    private const int Seconds = 30;

    public static async Task<IEnumerable<Figure>> RunAsync(BenchOptions options)
    {
        await using var place = Place.Of(options);
        var (count, perSecond, most) = place.TakesManyNodes ? (3, 200, 30) : (1, 100, 25);
        var installs = await place.PrepareAsync(Stored);
        await place.LoadAsync(installs, Stored, Place.Time.GetUtcNow().AddHours(6), TimeSpan.FromMilliseconds(1));
        await place.SettleAsync();
        await using var nodes = await Drained.WarmAsync(place, installs, count);
        var start = Place.Time.GetUtcNow().AddSeconds(5);
        await place.LoadAsync(installs, perSecond * Seconds, start, TimeSpan.FromSeconds(1.0 / perSecond));
        var late = await nodes.LateAsync(start, perSecond * Seconds);
        var what = $"lateness: {perSecond} a second on {(count == 1 ? "one node" : "three nodes")}, 1,000,000 stored";
        return
        [
            new Figure($"{what}: p50, ms", Figures.Percentile(late, 50), place.TakesManyNodes ? null : 5),
            new Figure($"{what}: p99, ms", Figures.Percentile(late, 99), most),
            new Figure($"{what}: latest, ms", late[^1]),
        ];
    }
}
