namespace Escapement.Bench.Scenarios;

/// <summary>Whether a second node on the same database helps or hinders.</summary>
internal static class TwoNodes
{
    private const int Count = 100_000;

    public static async Task<IEnumerable<Figure>> RunAsync(BenchOptions options)
    {
        var one = await DrainAsync(options, 1);
        var two = await DrainAsync(options, 2);
        return
        [
            new Figure("nodes: 100,000 due, two nodes as a share of one, percent", one.Seconds / two.Seconds * 100, 100, AtMost: false),
            new Figure("nodes: one, fires a second", Count / one.Seconds),
            new Figure("nodes: two, fires a second", Count / two.Seconds),
            new Figure("nodes: one, processor time of the node a fire, microseconds", one.NodeMicroseconds),
            new Figure("nodes: two, processor time of the nodes a fire, microseconds", two.NodeMicroseconds),
            new Figure("nodes: one, processor time of the database a fire, microseconds", one.DatabaseMicroseconds),
            new Figure("nodes: two, processor time of the database a fire, microseconds", two.DatabaseMicroseconds),
        ];
    }

    private static async Task<Drained> DrainAsync(BenchOptions options, int count)
    {
        await using var place = Place.Of(options);
        var installs = await place.PrepareAsync(Count);
        await using var nodes = await Drained.WarmAsync(place, installs, count);
        return await nodes.RunAsync(Count, TimeSpan.FromSeconds(20));
    }
}
