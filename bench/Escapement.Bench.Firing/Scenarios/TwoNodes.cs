namespace Escapement.Bench.Scenarios;

/// <summary>
/// Whether a second node on the same database helps or hinders: drains by one, by two, by two and by one again, so that a machine
/// that slows down or speeds up meanwhile favours neither.
/// </summary>
internal static class TwoNodes
{
    private const int Count = 100_000;

    public static async Task<IEnumerable<Figure>> RunAsync(BenchOptions options)
    {
        List<Drained> ones = [], twos = [];
        ones.Add(await DrainAsync(options, 1));
        twos.Add(await DrainAsync(options, 2));
        twos.Add(await DrainAsync(options, 2));
        ones.Add(await DrainAsync(options, 1));
        return
        [
            new Figure(
                "nodes: 100,000 due, two nodes as a share of one, percent", ones.Sum(d => d.Seconds) / twos.Sum(d => d.Seconds) * 100, 100, AtMost: false),
            .. Rows("one", ones),
            .. Rows("two", twos),
        ];
    }

    private static IEnumerable<Figure> Rows(string nodes, List<Drained> drains) =>
    [
        new Figure($"nodes: {nodes}, fires a second", Count * drains.Count / drains.Sum(d => d.Seconds)),
        new Figure($"nodes: {nodes}, processor time of the nodes a fire, microseconds", drains.Average(d => d.NodeMicroseconds)),
        new Figure($"nodes: {nodes}, processor time of the database a fire, microseconds", drains.Average(d => d.DatabaseMicroseconds)),
    ];

    private static async Task<Drained> DrainAsync(BenchOptions options, int count)
    {
        await using var place = Place.Of(options);
        var installs = await place.PrepareAsync(Count);
        await using var nodes = await Drained.WarmAsync(place, installs, count);
        return await nodes.RunAsync(Count, TimeSpan.FromSeconds(20));
    }
}
