using Escapement.Forecasting;
using Escapement.Nodes;
using Escapement.Pausing;

namespace Escapement.Tests.Forecasting;

public sealed class ForecastMakerTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Make_OfNodesThatHaveRun_SaysOfHowManyRunsTheirMeanIs()
    {
        var query = new ForecastQuery(Tenant: null, Now, Now.AddHours(1), ForecastStep.Hour);
        Forecast Made(params HostNode[] nodes) => new ForecastMaker(query, new PausesInForce([], Now), Now, TimeSpan.FromDays(1)).Make(nodes);
        var (first, second, idle) = (Node(seconds: 2, of: 3), Node(seconds: 4, of: 1_000), Node(seconds: null, of: 0));

        Assert.Equal((TimeSpan.FromSeconds(3), 1_003), (Made(first, second, idle).MeanRun, Made(first, second, idle).MeanRunOf));
        Assert.Equal((null, 0), (Made(idle).MeanRun, Made(idle).MeanRunOf));
        Assert.Equal(3, Made(first, second with { SeenAt = Now.AddHours(-1) }).MeanRunOf);
    }

    private static HostNode Node(int? seconds, int of) => new()
    {
        Id = Guid.NewGuid(),
        Name = "node",
        Slots = 8,
        Version = "1",
        StartedAt = Now,
        SeenAt = Now,
        MeanRun = seconds is { } length ? TimeSpan.FromSeconds(length) : null,
        MeanRunOf = of,
    };
}
