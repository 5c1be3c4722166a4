using Escapement.Audit;

namespace Escapement.Retention;

/// <summary>How long history is kept.</summary>
public sealed record RetentionOptions
{
    /// <summary>How long ended runs stay in the ledger: 1 day to 10 years; null for ever; default 30 days.</summary>
    public TimeSpan? Runs { get; init; } = TimeSpan.FromDays(30);

    /// <summary>
    /// How long audit entries stay: 1 day to 10 years, and no shorter than <see cref="Runs"/>, whose history it explains; null for ever; default 365 days.
    /// </summary>
    public TimeSpan? Audit { get; init; } = TimeSpan.FromDays(365);

    /// <summary>How long what was uninstalled or deleted can be restored: 0 for not at all, to 90 days; default 7 days.</summary>
    public TimeSpan Removed { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Every value that is out of its range.</summary>
    internal IReadOnlyList<Problem> Validate()
    {
        var problems = new List<Problem>();
        void Check(TimeSpan? value, string field)
        {
            if (value is { } kept && (kept < TimeSpan.FromDays(1) || kept > TimeSpan.FromDays(3_650)))
            {
                problems.Add(new Problem($"Retention:{field}", "out-of-range", $"Retention:{field} must be between 1 day and 3650 days"));
            }
        }

        Check(Runs, nameof(Runs));
        Check(Audit, nameof(Audit));
        if (problems.Count == 0 && (Audit ?? TimeSpan.MaxValue) < (Runs ?? TimeSpan.MaxValue))
        {
            problems.Add(new Problem(
                "Retention:Audit",
                "shorter-than-runs",
                "Retention:Audit must not be shorter than Retention:Runs: why an occurrence did not run is told by the audit too; "
                    + "keep it longer, or runs shorter"));
        }

        if (Removed < TimeSpan.Zero || Removed > TimeSpan.FromDays(90))
        {
            problems.Add(new Problem("Retention:Removed", "out-of-range", "Retention:Removed must be between 0 and 90 days"));
        }

        return problems;
    }

    internal RetentionCutoffs At(DateTimeOffset now) => new(now, now - Runs, now - Audit) { Removed = now - Removed, Undo = now - AuditValue.KeptFor };
}
