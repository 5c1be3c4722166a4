namespace Escapement.Scheduling;

/// <summary>How the host carries a schedule out: the admin's alone, kept as one value.</summary>
public sealed record SchedulePolicy
{
    /// <summary>What every schedule has until an admin says otherwise.</summary>
    public static SchedulePolicy Default { get; } = new();

    /// <summary>What becomes of an occurrence that comes due while the run before is open; default: it is skipped.</summary>
    public OverlapPolicy Overlap { get; init; }

    /// <summary>What becomes of occurrences that the host was down for; default: the latest fires.</summary>
    public MissedPolicy Missed { get; init; }

    /// <summary>With <see cref="MissedPolicy.All"/>: how many missed occurrences may wait to be caught up, the newest: 1 to 1,000; default 100.</summary>
    public int MissedMax { get; init; } = 100;

    /// <summary>How old a missed occurrence may be to fire: zero to 31 days; null, the default, for the host's (<c>FiringOptions.CatchUpWindow</c>).</summary>
    public TimeSpan? CatchUp { get; init; }

    /// <summary>
    /// The window behind its due times in which the schedule has its own place to start, so that many that are due at one instant do not
    /// start at once: zero, the default, to 1 hour. No longer than half the shortest interval, whatever this says.
    /// </summary>
    public TimeSpan Spread { get; init; }

    /// <summary>What happens after a failure; default: nothing.</summary>
    public RetryPolicy Retry { get; init; } = RetryPolicy.None;

    /// <summary>How long an attempt may take: from 1 second to the host's limit; null, the default, for the host's.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>After how many runs in a row that the extension failed the host pauses the schedule: 0 for never, to 1,000; default 20.</summary>
    public int PauseAfterFailures { get; init; } = 20;

    /// <summary>Whether an occurrence may wait for the end of a run.</summary>
    internal bool LetsWait => Overlap == OverlapPolicy.QueueOne || Missed == MissedPolicy.All;
}

/// <summary>What becomes of occurrences that could not start because the host was down or too busy.</summary>
public enum MissedPolicy
{
    /// <summary>The latest fires if it is young enough; those before it do not.</summary>
    Latest = 0,

    /// <summary>None fires.</summary>
    None = 1,

    /// <summary>All that are young enough fire, one after the other, the oldest first.</summary>
    All = 2,
}

/// <summary>What becomes of an occurrence that comes due while the run before is open.</summary>
public enum OverlapPolicy
{
    /// <summary>It does not start.</summary>
    Skip = 0,

    /// <summary>One waits and starts when the run before has ended; the others of that overlap do not start.</summary>
    QueueOne = 1,
}
