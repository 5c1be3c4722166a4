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

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => BeatAsync(Node($"n{i}") with { SeenAt = Minute(5) })));

        Assert.Single(await OutagesAsync());
    }

    [Fact]
    public async Task Drain_ThenSignsOfLife_HearOfItAndLeaveIt()
    {
        var node = Node("a");
        Assert.Null((await HearAsync(node)).Drain);
        var (drain, entry) = (new NodeDrain(Minute(1), "jo", "new disk"), Entry("node.drain", target: node.Id.ToString()));

        Assert.IsType<DrainOutcome.Done>(await Store.Nodes.DrainAsync(node.Id, n => DrainRules.Begin(n, drain), entry));

        var idle = node with { SeenAt = Minute(2), IdleSince = Minute(2) };
        Assert.Equal(drain, (await HearAsync(idle)).Drain);
        Assert.Equal(idle with { Drain = drain }, Assert.Single(await Store.Nodes.ListAsync()));
        Assert.Single(await Store.Audit.ListAsync(Acme, 9), e => e.Id == entry.Id);

        Assert.IsType<DrainOutcome.Done>(await Store.Nodes.DrainAsync(node.Id, n => DrainRules.End(n, Minute(3)), Entry("node.resume")));
        Assert.Equal(drain with { EndedAt = Minute(3) }, (await HearAsync(idle with { SeenAt = Minute(4) })).Drain);
    }

    [Fact]
    public async Task Drain_Refused_ChangesNothingAndLeavesNoEntry()
    {
        var node = Node("a");
        await BeatAsync(node);
        var entry = Entry("node.resume");

        Assert.IsType<DrainOutcome.NotDrained>(await Store.Nodes.DrainAsync(node.Id, n => DrainRules.End(n, Minute(1)), entry));
        Assert.IsType<DrainOutcome.NotFound>(await Store.Nodes.DrainAsync(NewId(), n => DrainRules.End(n, Minute(1)), entry));

        Assert.Equal(node, Assert.Single(await Store.Nodes.ListAsync()));
        Assert.DoesNotContain(await Store.Audit.ListAsync(Acme, 9), e => e.Id == entry.Id);
    }

    [Fact]
    public async Task Drain_ByFourAtOnce_IsOnesAndLeavesTheOnlyEntry()
    {
        var node = Node("a");
        await BeatAsync(node);
        var entries = Enumerable.Range(0, 4).Select(_ => Entry("node.drain")).ToList();

        var outcomes = await Task.WhenAll(entries.Select((e, i) => Task.Run(async () =>
            await Store.Nodes.DrainAsync(node.Id, n => DrainRules.Begin(n, new NodeDrain(Minute(1), $"jo-{i}", "new disk")), e))));

        Assert.Equal(3, outcomes.Count(o => o is DrainOutcome.Already));
        var kept = (await Store.Audit.ListAsync(Acme, 9)).Select(e => e.Id).Where(id => entries.Exists(e => e.Id == id));
        Assert.Equal([entries[outcomes.ToList().FindIndex(o => o is DrainOutcome.Done)].Id], kept);
    }

    [Fact]
    public async Task Beat_AfterTheLastWasDrained_SaysByWhomAndCallsItNoLoss()
    {
        var drained = Node("a");
        await BeatAsync(drained);
        await Store.Nodes.DrainAsync(drained.Id, n => DrainRules.Begin(n, new NodeDrain(T0, "jo", "new disk")), Entry("node.drain"));

        // It goes on giving signs of life, which end nothing; nor do they count as those of a node that fires.
        for (var minute = 1; minute <= 9; minute++)
        {
            Assert.Null(await BeatAsync(drained with { SeenAt = Minute(minute), IdleSince = T0.AddSeconds(5) }));
        }

        var outage = await BeatAsync(Node("b") with { SeenAt = Minute(10) });

        Assert.Equal(new Outage(T0.AddSeconds(5), Minute(10), "b", Stopped: false) { Drained = new DrainedNode("a", "jo") }, outage);
        Assert.Equal(outage, Assert.Single(await OutagesAsync()));
    }

    [Fact]
    public async Task Beat_OfADrainedNodeThatTakesWorkAgain_EndsTheTimeInWhichNoneDid()
    {
        var node = Node("a");
        await BeatAsync(node);
        await Store.Nodes.DrainAsync(node.Id, n => DrainRules.Begin(n, new NodeDrain(T0, "jo", "new disk")), Entry("node.drain"));
        await BeatAsync(node with { SeenAt = Minute(9), IdleSince = T0.AddSeconds(5) });
        await Store.Nodes.DrainAsync(node.Id, n => DrainRules.End(n, Minute(9)), Entry("node.resume"));

        var outage = await BeatAsync(node with { SeenAt = Minute(10) });

        Assert.Equal(new Outage(T0.AddSeconds(5), Minute(10), "a", Stopped: false) { Drained = new DrainedNode("a", "jo") }, outage);
        Assert.Null(await BeatAsync(node with { SeenAt = Minute(10).AddSeconds(10) }));
    }

    [Fact]
    public async Task Beat_WhileAnotherTakesWork_EndsNothing()
    {
        await BeatAsync(Node("a") with { SeenAt = Minute(1), IdleSince = T0 });
        await BeatAsync(Node("b") with { SeenAt = Minute(1) });

        Assert.Null(await BeatAsync(Node("c") with { SeenAt = Minute(1).AddSeconds(20) }));
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

    private async Task<Outage?> BeatAsync(HostNode node) => (await HearAsync(node)).Ended;

    private ValueTask<HeardByNode> HearAsync(HostNode node) => Store.Nodes.BeatAsync(node, node.SeenAt - NodeSilence.Usual);

    private ValueTask<IReadOnlyList<Outage>> OutagesAsync() => Store.Nodes.ListOutagesAsync(Minute(-100), Minute(100), 100);
}
