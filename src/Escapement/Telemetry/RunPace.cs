namespace Escapement.Telemetry;

/// <summary>How long the last runs of this node took, for what it can carry.</summary>
internal sealed class RunPace
{
    private const int Last = 1_000;

    private readonly Lock gate = new();
    private readonly long[] ticks = new long[Last];
    private long sum;
    private int count;
    private int place;

    /// <summary>A run took so long.</summary>
    public void Add(TimeSpan duration)
    {
        lock (gate)
        {
            sum += duration.Ticks - ticks[place];
            ticks[place] = duration.Ticks;
            place = (place + 1) % Last;
            count = Math.Min(count + 1, Last);
        }
    }

    /// <summary>The mean of the last 1,000, and of how many it is as long as there were fewer; null when there was none yet.</summary>
    public (TimeSpan Mean, int Of)? Mean
    {
        get
        {
            lock (gate)
            {
                return count == 0 ? null : (TimeSpan.FromTicks(sum / count), count);
            }
        }
    }
}
