using Escapement.Nodes;
using Escapement.Time;

namespace Escapement.Tests.Nodes;

public sealed class HostNodeTests
{
    private static readonly DateTimeOffset Seen = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>By the same measure as outages: half a minute of real time, on whatever clock.</summary>
    [Theory]
    [InlineData(1, 30, true)]
    [InlineData(1, 31, false)]
    [InlineData(60, 1_800, true)]
    [InlineData(60, 1_801, false)]
    public void IsUpAt_SilentForAWhile_GoesByRealTime(double speed, int seconds, bool up)
    {
        var time = new TimeLapse(speed);
        var node = new HostNode { Id = Guid.Empty, Name = "node-a", Slots = 1, Version = "1.0.0", StartedAt = Seen, SeenAt = Seen };
        var (now, silentAfter) = (Seen.AddSeconds(seconds), NodeSilence.On(time).Limit);

        Assert.Equal(up, node.IsUpAt(now, silentAfter));
        Assert.Equal(!up, new Outage(Seen, now, "node-a", Stopped: false).IsBetween(Seen, now, silentAfter));
    }
}
