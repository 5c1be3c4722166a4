using Escapement.Audit;
using Escapement.Nodes;
using Escapement.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;

namespace Escapement.Firing;

/// <summary>A node hears with its next sign of life that it was drained, by whichever node was asked, and says since when it takes nothing.</summary>
public sealed class DrainHearingTests : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private TestHost host = null!;
    private NodeKeeper keeper = null!;

    [Fact]
    public async Task Drained_ByAnotherNode_ClosesWithTheNextSignOfLifeAndOpensLikewise()
    {
        await StartAsync();
        var id = (await OnlyAsync()).Id;
        await host.Store.Nodes.DrainAsync(id, n => DrainRules.Begin(n, new NodeDrain(host.Time.GetUtcNow(), "jo", "new disk")), Entry("node.drain"));
        Assert.False(host.Intake.IsClosed);

        await UntilAsync(closed: true);

        // What it says by closing is stored once the next can say something.
        await keeper.HearAsync(id, TestContext.Current.CancellationToken);
        var idleSince = (await OnlyAsync()).IdleSince;
        Assert.NotNull(idleSince);
        var later = host.Time.GetUtcNow().AddMinutes(2);
        await host.StepUntilAsync(() => host.Time.GetUtcNow() >= later, Interval, "some signs of life");
        Assert.Equal(idleSince, (await OnlyAsync()).IdleSince);
        await host.Store.Nodes.DrainAsync(id, n => DrainRules.End(n, host.Time.GetUtcNow()), Entry("node.resume"));
        await UntilAsync(closed: false);

        // Written before it takes work, so that it is known from the first run on.
        var outage = Assert.Single(await host.Store.Nodes.ListOutagesAsync(TestHost.Start, TestHost.Start.AddHours(1), 9), o => o.Drained is not null);
        Assert.Equal((idleSince, new DrainedNode("node-a", "jo"), false), (outage.From, outage.Drained, outage.Stopped));
        Assert.Null((await OnlyAsync()).IdleSince);
    }

    [Fact]
    public async Task Drained_ThisNode_HearsAtOnceAndItsStopSaysSinceWhenItTookNothing()
    {
        await StartAsync();
        var operations = new NodeOperations(host.Store.Nodes, keeper, host.Audit, new NodeSilence(NodeSilence.Usual), host.Time);
        var id = (await OnlyAsync()).Id;

        Assert.IsType<DrainOutcome.Done>(await operations.DrainAsync(id.ToString(), "new disk", TestHost.Admin));
        Assert.True(host.Intake.IsClosed);
        await keeper.StopAsync(CancellationToken.None);

        var stopped = await OnlyAsync();
        Assert.NotNull(stopped.EndedAt);
        Assert.Equal("new disk", stopped.Drain!.Note);
        Assert.NotNull(stopped.IdleSince);
        Assert.IsType<DrainOutcome.Stopped>(await operations.ResumeAsync(id.ToString(), TestHost.Admin));
    }

    public async ValueTask DisposeAsync()
    {
        await keeper.StopAsync(CancellationToken.None);
        keeper.Dispose();
        await host.DisposeAsync();
    }

    private async Task StartAsync()
    {
        host = await TestHost.CreateAsync();
        keeper = new NodeKeeper(
            "node-a", 4, host.Store.Nodes, new NodeSilence(NodeSilence.Usual), new RunPace(), host.Intake, lifetime: null, host.Time,
            NullLogger<NodeKeeper>.Instance);
        await keeper.StartAsync(CancellationToken.None);
    }

    private AuditEntry Entry(string action) => AuditEntry.Of(host.Time, scope: null, TestHost.Admin, action, target: null);

    private async Task<HostNode> OnlyAsync() => Assert.Single(await host.Store.Nodes.ListAsync());

    private Task UntilAsync(bool closed) =>
        host.StepUntilAsync(() => host.Intake.IsClosed == closed, Interval, closed ? "a node that takes nothing" : "a node that takes work");
}
