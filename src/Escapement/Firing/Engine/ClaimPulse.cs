namespace Escapement.Firing.Engine;

/// <summary>
/// Keeps the pulse of the engine's claim loop. One that waits for a free slot is busy, not ill; measured is only the time in which
/// it should have claimed. By the clock's time stamps, so that a clock that is set forward is no illness either.
/// </summary>
internal sealed class ClaimPulse(FiringOptions options, TimeProvider time)
{
    private readonly Lock gate = new();
    private long? beat;
    private bool busy;
    private string? ended;

    // A node claims at least every poll interval; three in a row without one are no accident.
    private TimeSpan Patience => (3 * options.PollInterval) + options.LeaseDuration;

    /// <summary>All slots are taken.</summary>
    public void Busy()
    {
        lock (gate)
        {
            busy = true;
        }
    }

    /// <summary>A claim succeeded, or a slot is free again.</summary>
    public void Beat()
    {
        lock (gate)
        {
            busy = false;
            beat = time.GetTimestamp();
        }
    }

    /// <summary>The engine fires no more; the first reason stays.</summary>
    public void End(string reason)
    {
        lock (gate)
        {
            ended ??= reason;
        }
    }

    public FiringHealth Check()
    {
        lock (gate)
        {
            var problem = ended switch
            {
                not null => ended,
                null when beat is null => "The engine has not claimed yet",
                null when busy => null,
                null => time.GetElapsedTime(beat.Value) is var since && since < Patience
                    ? null
                    : $"The claim loop is stuck or fails: no claim for {(long)since.TotalSeconds} s",
            };
            return new FiringHealth(problem is null, problem);
        }
    }
}
