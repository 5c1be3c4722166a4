namespace Escapement.Bench.Scenarios;

/// <summary>So many schedules due at once: fires a second, and as a share of the bare loop of the same statements in the same run.</summary>
internal static class Throughput
{
    private const int Count = 200_000;

    public static async Task<IEnumerable<Figure>> RunAsync(BenchOptions options)
    {
        var (batch, bare) = await BareAsync(options);
        await using var place = Place.Of(options);
        var installs = await place.PrepareAsync(Count);
        await using var nodes = await Drained.WarmAsync(place, installs, 1);
        var drained = await nodes.RunAsync(Count, TimeSpan.FromSeconds(30));
        var engine = Count / drained.Seconds;
        return
        [
            new Figure("throughput: 200,000 due, engine as a share of the bare loop, percent", engine / bare * 100, 60, AtMost: false),
            new Figure("throughput: engine, fires a second", engine),
            new Figure("throughput: processor time of the node a fire, microseconds", drained.NodeMicroseconds),
            new Figure("throughput: processor time of the database a fire, microseconds", drained.DatabaseMicroseconds),
            new Figure("throughput: bare loop, fires a second", bare),
            new Figure("throughput: bare loop, its best batch", batch),
        ];
    }

    // The loop gets the batch that suits it best, found on a tenth of the rows.
    private static async Task<(int Batch, double FiresPerSecond)> BareAsync(BenchOptions options)
    {
        var best = (options.Batch, FiresPerSecond: 0.0);
        foreach (var batch in options.Batch > 0 ? [] : (int[])[250, 500, 1_000, 2_000])
        {
            var tried = await BareAsync(options, Count / 10, batch);
            best = tried > best.FiresPerSecond ? (batch, tried) : best;
        }

        return (best.Batch, await BareAsync(options, Count, best.Batch));
    }

    private static async Task<double> BareAsync(BenchOptions options, int count, int batch)
    {
        await using var place = Place.Of(options);
        var installs = await place.PrepareAsync(Count);
        await place.LoadAsync(installs, 2_000, Place.Time.GetUtcNow().AddHours(-1), TimeSpan.Zero);
        await place.BareLoopAsync(2_000, batch, options.Connections);
        await place.LoadAsync(installs, count, Place.Time.GetUtcNow().AddSeconds(-1), TimeSpan.Zero);
        await place.SettleAsync();
        return await place.BareLoopAsync(count, batch, options.Connections);
    }
}
