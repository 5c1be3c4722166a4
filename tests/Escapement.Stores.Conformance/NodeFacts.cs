using Escapement.Nodes;

namespace Escapement.Stores.Conformance;

public abstract class NodeFacts(IStoreFixture store) : StoreFacts(store)
{
    [Fact]
    public async Task Beat_FirstAndLater_IsOneNodeAsItIsNow()
    {
        var node = Node("a") with { MeanRun = null };
        Assert.Null(await BeatAsync(node));
        var later = node with
        {
            SeenAt = T0.AddSeconds(10), MeanRun = TimeSpan.FromMilliseconds(250), MeanRunOf = 12,
            EndedAt = T0.AddSeconds(10), ClockOffset = TimeSpan.FromMilliseconds(-1_234),
            StoreTook = TimeSpan.FromMilliseconds(7), DrainingSince = T0.AddSeconds(9),
        };
        Assert.Null(await BeatAsync(later));

        Assert.Equal(later, Assert.Single(await Store.Nodes.ListAsync()));
    }

    [Fact]
    public async Task Beat_AfterSilence_WritesTheOutageOnce()
    {
        await BeatAsync(Node("a") with { SeenAt = T0 });
        await BeatAsync(Node("b") with { SeenAt = T0.AddSeconds(20) });

        var back = Minute(10);
        var outage = await BeatAsync(Node("c") with { SeenAt = back });
        Assert.Null(await BeatAsync(Node("a") with { SeenAt = back.AddSeconds(1) }));

        Assert.Equal(new Outage(T0.AddSeconds(20), back, "c", Stopped: false), outage);
        Assert.Equal(outage, Assert.Single(await OutagesAsync()));
    }

    [Fact]
    public async Task Beat_AfterTheLastWasStopped_SaysSo()
    {
        await BeatAsync(Node("a") with { SeenAt = T0, EndedAt = T0 });

        Assert.True((await BeatAsync(Node("a") with { SeenAt = Minute(2) }))!.Stopped);
    }

    [Theory]
    [InlineData(29, 4)]
    [InlineData(31, 0)]
    public async Task Beat_SoonOrOfANodeThatFiresNothing_EndsNoOutage(int seconds, int slots)
    {
        await BeatAsync(Node("a") with { SeenAt = T0 });

        Assert.Null(await BeatAsync(Node("b") with { SeenAt = T0.AddSeconds(seconds), Slots = slots }));
        Assert.Empty(await OutagesAsync());
    }

    [Fact]
    public async Task Beat_OfSeveralAtOnceAfterSilence_WritesOneOutage()
    {
        await BeatAsync(Node("a") with { SeenAt = T0 });

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => BeatAsync(Node($"n{i}") with { SeenAt = Minute(5) }).AsTask()));

        Assert.Single(await OutagesAsync());
    }

    [Fact]
    public async Task ListOutages_OfATime_AreThoseThatReachIntoIt()
    {
        await BeatAsync(Node("a") with { SeenAt = T0 });
        await BeatAsync(Node("a") with { SeenAt = Minute(10) });
        await BeatAsync(Node("a") with { SeenAt = Minute(30) });

        Assert.Equal([Minute(10), T0], (await OutagesAsync()).Select(o => o.From));
        Assert.Equal(T0, Assert.Single(await Store.Nodes.ListOutagesAsync(Minute(5), Minute(10), 10)).From);
        Assert.Empty(await Store.Nodes.ListOutagesAsync(Minute(30), Minute(40), 10));
        Assert.Equal(Minute(10), Assert.Single(await Store.Nodes.ListOutagesAsync(Minute(0), Minute(40), 1)).From);
    }

    private static HostNode Node(string name) => new() { Id = NewId(), Name = name, Slots = 4, Version = "1.0.0", StartedAt = T0, SeenAt = T0 };

    private ValueTask<Outage?> BeatAsync(HostNode node) => Store.Nodes.BeatAsync(node, node.SeenAt - NodeSilence.Usual);

    private ValueTask<IReadOnlyList<Outage>> OutagesAsync() => Store.Nodes.ListOutagesAsync(Minute(-100), Minute(100), 100);
}
