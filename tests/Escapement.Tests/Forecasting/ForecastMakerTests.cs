using Escapement.Forecasting;
using Escapement.Nodes;
using Escapement.Pausing;
using Escapement.Scheduling;

namespace Escapement.Tests.Forecasting;

/// <summary>What is planned, set against what the nodes can carry.</summary>
public sealed class ForecastMakerTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly InstallScope Scope = new(TenantId.Parse("acme"), new InstallId(Guid.NewGuid()));

    private readonly ForecastMaker maker = new(
        new ForecastQuery(null, Now, Now.AddHours(2), ForecastStep.Hour), new PausesInForce([], Now), Now.AddTicks(-1), TimeSpan.FromHours(24));

    // By hand: (4 x 2 s + 2 x 1 s) / 6 are 10/6 s, of which 6 slots carry 6 x 3,600 / (10/6) = 12,960 an hour.
    [Fact]
    public void Make_NodesThatAreUp_CarryTheirSlotsOverTheMeanOfTheirRuns()
    {
        var made = Make(
        [
            Node(4, TimeSpan.FromSeconds(2)),
            Node(2, TimeSpan.FromSeconds(1)) with { SeenAt = Now - NodeSilence.Usual },
            Node(8, TimeSpan.FromSeconds(9)) with { SeenAt = Now - NodeSilence.Usual - TimeSpan.FromMilliseconds(1) },
            Node(8, TimeSpan.FromSeconds(9)) with { EndedAt = Now },
            Node(8, TimeSpan.FromSeconds(9)) with { Drain = new NodeDrain(Now, "jo", "new disk") },
            Node(0, TimeSpan.FromSeconds(9)),
        ]);

        Assert.Equal((6, TimeSpan.FromMilliseconds(10_000 / 6d)), (made.Slots, made.MeanRun));
        Assert.Equal(12_960, made.Capacity!.Value, tolerance: 0.001);
    }

    // It carries as much as others: what it ran is not known yet.
    [Fact]
    public void Make_NodeThatHasEndedNoRun_CountsWithItsSlotsAlone()
    {
        var made = Make([Node(4, TimeSpan.FromSeconds(2)), Node(2, null)]);

        Assert.Equal((6, TimeSpan.FromSeconds(2), 10_800), (made.Slots, made.MeanRun, made.Capacity));
    }

    [Fact]
    public void Make_NobodyHasRunYetOrNobodyIsThere_HasNoCapacity()
    {
        Assert.Equal((2, null, null), Make([Node(2, null)]) is var unpaced ? (unpaced.Slots, unpaced.MeanRun, unpaced.Capacity) : default);
        Assert.Equal((0, null, null), Make([]) is var empty ? (empty.Slots, empty.MeanRun, empty.Capacity) : default);
    }

    [Fact]
    public void Make_OfNodesThatHaveRun_SaysOfHowManyRunsTheirMeanIs()
    {
        var (first, second) = (Node(8, TimeSpan.FromSeconds(2)) with { MeanRunOf = 3 }, Node(8, TimeSpan.FromSeconds(4)) with { MeanRunOf = 1_000 });
        var idle = Node(8, null);

        Assert.Equal(1_003, Make([first, second, idle]).MeanRunOf);
        Assert.Equal((null, 0), Make([idle]) is var unpaced ? (unpaced.MeanRun, unpaced.MeanRunOf) : default);
        Assert.Equal(3, Make([first, second with { SeenAt = Now.AddHours(-1) }]).MeanRunOf);
    }

    [Fact]
    public void Make_SixGroupsInAStep_ShowsTheFiveThatMakeTheMostInTheirOrder()
    {
        (string Cron, int Schedules)[] groups =
            [("0 * * * *", 2), ("*/30 * * * *", 2), ("*/5 * * * *", 1), ("*/20 * * * *", 1), ("*/15 * * * *", 10), ("1 13 * * *", 1)];
        foreach (var (cron, schedules) in groups)
        {
            for (var i = 0; i < schedules; i++)
            {
                maker.Add(Planned(cron));
            }
        }

        var buckets = Make([]).Buckets;

        Assert.Equal([40 + 12 + 4 + 3 + 2, 40 + 12 + 4 + 3 + 2 + 1], buckets.Select(b => b.Occurrences));
        (string, int, long)[] top = [("*/15 * * * *", 10, 40), ("*/5 * * * *", 1, 12), ("*/30 * * * *", 2, 4), ("*/20 * * * *", 1, 3), ("0 * * * *", 2, 2)];
        Assert.All(buckets, bucket => Assert.Equal(top, bucket.Top.Select(s => (s.Cron, s.Schedules, s.Occurrences))));
    }

    private Forecast Make(IReadOnlyList<HostNode> nodes) => maker.Make(nodes, NodeSilence.Usual);

    private static HostNode Node(int slots, TimeSpan? mean) => new()
    {
        Id = Guid.NewGuid(),
        Name = "node",
        Slots = slots,
        Version = "1.0.0",
        MeanRun = mean,
        StartedAt = Now.AddHours(-1),
        SeenAt = Now,
    };

    private static PlannedSchedule Planned(string cron) => new()
    {
        Id = new ScheduleId(Guid.NewGuid()),
        Scope = Scope,
        Name = null,
        Cron = cron,
        TimeZone = "UTC",
        Policy = SchedulePolicy.Default,
    };
}
