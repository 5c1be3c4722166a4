namespace Escapement.Time;

/// <summary>
/// A clock that starts at the real now, or at another instant, and runs several times as fast, timers included: an hour passes in a minute at factor
/// 60. For demonstrations and tests; a host that runs on it fires real schedules at the wrong time.
/// </summary>
internal sealed class TimeLapse : TimeProvider
{
    /// <summary>The fastest clock that is allowed: a day in 86 seconds; beyond it timers are too coarse to mean anything.</summary>
    public const double MaxFactor = 1_000;

    private readonly TimeProvider real;
    private readonly DateTimeOffset start;
    private readonly long startTimestamp;

    /// <summary>Starts the clock.</summary>
    /// <param name="factor">How many seconds pass in a real second: 1 to <see cref="MaxFactor"/>.</param>
    /// <param name="real">The clock that it is driven by; null for the system's.</param>
    /// <param name="startAt">What it shows first; null for the real now.</param>
    /// <exception cref="ArgumentOutOfRangeException">The factor is out of range.</exception>
    public TimeLapse(double factor, TimeProvider? real = null, DateTimeOffset? startAt = null)
    {
        if (!(factor is >= 1 and <= MaxFactor))
        {
            throw new ArgumentOutOfRangeException(nameof(factor), factor, $"The factor must be between 1 and {MaxFactor}.");
        }

        Factor = factor;
        this.real = real ?? System;
        start = startAt ?? this.real.GetUtcNow();
        startTimestamp = this.real.GetTimestamp();
    }

    /// <summary>How many seconds pass in a real second.</summary>
    public double Factor { get; }

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => real.LocalTimeZone;

    /// <inheritdoc/>
    public override long TimestampFrequency => real.TimestampFrequency;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => start + (real.GetElapsedTime(startTimestamp) * Factor);

    /// <inheritdoc/>
    public override long GetTimestamp() => startTimestamp + (long)((real.GetTimestamp() - startTimestamp) * Factor);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(this, real.CreateTimer(callback, state, ToReal(dueTime), ToReal(period)));

    private TimeSpan ToReal(TimeSpan span)
    {
        if (span <= TimeSpan.Zero)
        {
            // Zero is "at once" or "no period", and minus one millisecond "never"; anything else is the real timer's to refuse.
            return span;
        }

        // Real timers cut fractions of a millisecond off; rounding up keeps a timer from ringing before its time.
        return TimeSpan.FromMilliseconds(Math.Ceiling(span.TotalMilliseconds / Factor));
    }

    private sealed class Timer(TimeLapse clock, ITimer inner) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(clock.ToReal(dueTime), clock.ToReal(period));

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
