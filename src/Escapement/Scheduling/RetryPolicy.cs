namespace Escapement.Scheduling;

/// <summary>
/// Whether and when a run whose extension failed is tried again. Attempts that were lost with their node do not
/// count here; <c>FiringOptions.MaxAttemptsAfterNodeLoss</c> rules those. Nor do attempts that a stopping node gave back; there may be
/// any number of those.
/// </summary>
/// <param name="MaxAttempts">Attempts in all, the first included: 1 (never again, the default) to 20.</param>
/// <param name="InitialDelay">The wait before the second attempt: 1 second to 1 day; default 30 seconds.</param>
/// <param name="Factor">By how much each further wait is longer: 1 to 10; default 2.</param>
/// <param name="MaxDelay">No wait is longer than this: up to 1 day; default 1 hour.</param>
public sealed record RetryPolicy(int MaxAttempts, TimeSpan InitialDelay, double Factor, TimeSpan MaxDelay)
{
    /// <summary>No retry of an extension's own failure.</summary>
    public static RetryPolicy None { get; } = new(1, TimeSpan.FromSeconds(30), 2, TimeSpan.FromHours(1));

    /// <summary>Every value that is out of its range; empty when all are good.</summary>
    internal IReadOnlyList<Problem> Validate(string path)
    {
        var problems = new List<Problem>();
        void Check(bool ok, string field, string message)
        {
            if (!ok)
            {
                problems.Add(new Problem($"{path}.{field}", "out-of-range", message));
            }
        }

        Check(MaxAttempts is >= 1 and <= 20, "maxAttempts", "Attempts must be between 1 and 20");
        Check(
            InitialDelay >= TimeSpan.FromSeconds(1) && InitialDelay <= TimeSpan.FromDays(1),
            "initialDelaySeconds",
            "The first delay must be between 1 second and 1 day");
        Check(Factor is >= 1 and <= 10, "factor", "The factor must be between 1 and 10");
        Check(MaxDelay >= InitialDelay && MaxDelay <= TimeSpan.FromDays(1), "maxDelaySeconds", "The longest delay must be between the first delay and 1 day");
        return problems;
    }

    /// <summary>
    /// The wait after a failed attempt: exponential, with jitter taken from the upper half so that schedules which
    /// failed together do not come back together, and never shorter than half the nominal wait.
    /// </summary>
    /// <param name="failedAttempt">The attempt that failed, from 1.</param>
    /// <param name="random">From 0 to 1.</param>
    internal TimeSpan DelayAfter(int failedAttempt, double random)
    {
        var nominal = Math.Min(InitialDelay.TotalSeconds * Math.Pow(Factor, failedAttempt - 1), MaxDelay.TotalSeconds);
        return TimeSpan.FromSeconds(nominal * (0.5 + (0.5 * random)));
    }
}
