namespace Escapement.Bench.Scenarios;

/// <summary>
/// So many schedules due at once on a node that serves the HTTP API, with nobody watching and with 1,000 streams of events open, in turn: what
/// the streams cost firing. Whoever reads them does so in this process, and takes its share of the machine.
/// </summary>
internal static class Watched
{
    private const int Count = 100_000;
    private const int Streams = 1_000;

    public static async Task<IEnumerable<Figure>> RunAsync(BenchOptions options)
    {
        await using var place = Place.Of(options);
        var installs = await place.PrepareAsync(Count);
        var node = await NodeProcess.StartAsync(place, "bench-0", slots: 4_000, serves: true);
        await using var nodes = new WarmNodes(place, installs, [node]);
        for (var i = 0; i < 20; i++)
        {
            await nodes.WarmAsync(2_000);
        }

        var (alone, watched) = (new List<Drained>(), new List<Drained>());
        for (var round = 0; round < 2; round++)
        {
            alone.Add(await nodes.RunAsync(Count, TimeSpan.FromSeconds(15)));
            watched.Add(await WatchedAsync(node, nodes));
        }

        var (without, with) = (alone.Average(d => d.Seconds), watched.Average(d => d.Seconds));
        return
        [
            new Figure("watched: 100,000 due, time with 1,000 streams open as a share of that without, percent", with / without * 100, 105),
            new Figure("watched: processor time of the node a fire without, microseconds", alone.Average(d => d.NodeMicroseconds)),
            new Figure("watched: processor time of the node a fire with, microseconds", watched.Average(d => d.NodeMicroseconds)),
            new Figure("watched: fires a second without", Count / without),
            new Figure("watched: fires a second with", Count / with),
        ];
    }

    private static async Task<Drained> WatchedAsync(NodeProcess node, WarmNodes nodes)
    {
        var watchers = new List<EventWatcher>();
        for (var i = 0; i < Streams; i++)
        {
            watchers.Add(await EventWatcher.OpenAsync(node.Address, node.Token));
        }

        await Task.WhenAll(watchers.Select(w => w.WaitForAsync("resync")));
        var reading = watchers.Select(w => w.DrainAsync()).ToList();
        var drained = await nodes.RunAsync(Count, TimeSpan.FromSeconds(15));
        watchers.ForEach(w => w.Dispose());
        return (await Task.WhenAll(reading)).Min() > 0 ? drained : throw new InvalidOperationException("A stream told nothing of the runs");
    }
}
