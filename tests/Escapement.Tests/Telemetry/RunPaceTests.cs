using Escapement.Telemetry;

namespace Escapement.Tests.Telemetry;

public sealed class RunPaceTests
{
    [Fact]
    public void Mean_OfFewAndOfMany_SaysOfHowManyRunsItIs()
    {
        var pace = new RunPace();
        Assert.Null(pace.Mean);

        pace.Add(TimeSpan.FromSeconds(1));
        pace.Add(TimeSpan.FromSeconds(3));
        Assert.Equal((TimeSpan.FromSeconds(2), 2), pace.Mean);

        for (var i = 0; i < 1_000; i++)
        {
            pace.Add(TimeSpan.FromSeconds(5));
        }

        Assert.Equal((TimeSpan.FromSeconds(5), 1_000), pace.Mean);
    }
}
