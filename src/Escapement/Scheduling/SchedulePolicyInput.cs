using System.Globalization;

namespace Escapement.Scheduling;

/// <summary>What of a policy is to change; null stays as it is.</summary>
public sealed record SchedulePolicyInput
{
    private const int MostMissed = 1_000;
    private const int MostFailures = 1_000;

    private static readonly TimeSpan LongestCatchUp = TimeSpan.FromDays(31);
    private static readonly TimeSpan LongestSpread = TimeSpan.FromHours(1);
    private static readonly TimeSpan ShortestTimeLimit = TimeSpan.FromSeconds(1);

    /// <summary>What becomes of an occurrence that comes due while the run before is open.</summary>
    public OverlapPolicy? Overlap { get; init; }

    /// <summary>What becomes of occurrences that the host was down for.</summary>
    public MissedPolicy? Missed { get; init; }

    /// <summary>How many missed occurrences may wait to be caught up.</summary>
    public int? MissedMax { get; init; }

    /// <summary>How old a missed occurrence may be to fire.</summary>
    public TimeSpan? CatchUp { get; init; }

    /// <summary>Takes <see cref="CatchUp"/> back to the host's.</summary>
    public bool CatchUpIsHosts { get; init; }

    /// <summary>The window in which the schedule has its place to start.</summary>
    public TimeSpan? Spread { get; init; }

    /// <summary>What happens after a failure.</summary>
    public RetryPolicy? Retry { get; init; }

    /// <summary>How long an attempt may take.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Takes <see cref="TimeLimit"/> back to the host's.</summary>
    public bool TimeLimitIsHosts { get; init; }

    /// <summary>After how many failed runs in a row the host pauses the schedule.</summary>
    public int? PauseAfterFailures { get; init; }

    /// <summary>Every value that is out of its range; empty when all are good.</summary>
    /// <param name="path">Where the policy stands.</param>
    /// <param name="longestTimeLimit">The host's limit on the time of an attempt.</param>
    internal IReadOnlyList<Problem> Validate(string path, TimeSpan longestTimeLimit)
    {
        var problems = new List<Problem>();
        void Check(bool ok, string field, string message)
        {
            if (!ok)
            {
                problems.Add(new Problem($"{path}.{field}", "out-of-range", message));
            }
        }

        Check(Overlap is null || Enum.IsDefined(Overlap.Value), "overlap", "The overlap must be skip or queue-one");
        Check(Missed is null || Enum.IsDefined(Missed.Value), "missed", "What is missed must be latest, none or all");
        Check(MissedMax is null or (>= 1 and <= MostMissed), "missedMax", "The number of missed occurrences that are caught up must be between 1 and 1000");
        Check(
            CatchUp is null || (CatchUp >= TimeSpan.Zero && CatchUp <= LongestCatchUp),
            "catchUpMinutes",
            "The catch-up window must be between 0 minutes and 31 days");
        Check(
            Spread is null || (Spread >= TimeSpan.Zero && Spread <= LongestSpread), "spreadSeconds", "The spread must be between 0 and 3600 seconds");
        Check(
            TimeLimit is null || (TimeLimit >= ShortestTimeLimit && TimeLimit <= longestTimeLimit),
            "timeLimitSeconds",
            string.Create(
                CultureInfo.InvariantCulture,
                $"The time limit must be between 1 second and this host's limit of {longestTimeLimit.TotalSeconds:0.###} seconds"));
        Check(
            PauseAfterFailures is null or (>= 0 and <= MostFailures),
            "pauseAfterFailures",
            "The number of failures after which the schedule is paused must be between 0, for never, and 1000");
        return [.. problems, .. Retry?.Validate($"{path}.retry") ?? []];
    }

    internal SchedulePolicy ApplyTo(SchedulePolicy before) => before with
    {
        Overlap = Overlap ?? before.Overlap,
        Missed = Missed ?? before.Missed,
        MissedMax = MissedMax ?? before.MissedMax,
        CatchUp = CatchUpIsHosts ? null : CatchUp ?? before.CatchUp,
        Spread = Spread ?? before.Spread,
        Retry = Retry ?? before.Retry,
        TimeLimit = TimeLimitIsHosts ? null : TimeLimit ?? before.TimeLimit,
        PauseAfterFailures = PauseAfterFailures ?? before.PauseAfterFailures,
    };
}
