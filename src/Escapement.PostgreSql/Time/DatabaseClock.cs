namespace Escapement.PostgreSql.Time;

/// <summary>
/// The database's time, told by this node: an instant that the database named, and what a clock that cannot be set has
/// counted since. So all nodes fire by one clock and judge leases by it, and a node whose own clock is wrong, or is set while
/// it runs, does no harm.
/// </summary>
internal sealed class DatabaseClock : TimeProvider
{
    // How many answers are kept; the one that took the shortest way names the instant most exactly.
    private const int Window = 8;

    private readonly Lock gate = new();
    private readonly TimeProvider node;
    private readonly Queue<Sample> samples = new();
    private Sample best;

    public DatabaseClock(TimeProvider node, DateTimeOffset database, long askedAt, long answeredAt)
    {
        this.node = node;
        Adopt(database, askedAt, answeredAt);
    }

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => node.LocalTimeZone;

    /// <inheritdoc/>
    public override long TimestampFrequency => node.TimestampFrequency;

    /// <summary>How far this node's own clock is ahead of the database's.</summary>
    public TimeSpan Offset => node.GetUtcNow() - GetUtcNow();

    /// <summary>Takes what the database said between two timestamps of this node.</summary>
    public void Adopt(DateTimeOffset database, long askedAt, long answeredAt)
    {
        var sample = new Sample(database.UtcTicks, askedAt + ((answeredAt - askedAt) / 2), answeredAt - askedAt);
        lock (gate)
        {
            // An answer that contradicts what is believed, by more than its way can explain, means that the database's clock was
            // set or that another server took over: what was kept is void.
            if (samples.Count > 0 && Math.Abs(Ticks(best, sample.Timestamp) - sample.Ticks) > TimeSpan.TicksPerSecond + ToTicks(sample.Way + best.Way))
            {
                samples.Clear();
            }

            samples.Enqueue(sample);
            if (samples.Count > Window)
            {
                samples.Dequeue();
            }

            best = samples.MinBy(s => s.Way);
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return new DateTimeOffset(Ticks(best, node.GetTimestamp()), TimeSpan.Zero);
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => node.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        node.CreateTimer(callback, state, dueTime, period);

    private long Ticks(in Sample from, long timestamp) => from.Ticks + ToTicks(timestamp - from.Timestamp);

    private long ToTicks(long timestamps) => (long)(timestamps * ((double)TimeSpan.TicksPerSecond / node.TimestampFrequency));

    private readonly record struct Sample(long Ticks, long Timestamp, long Way);
}
