namespace Escapement.Scheduling;

/// <summary>The limits on schedules that an operator may set; the contract's values are the defaults.</summary>
public sealed record ScheduleLimits
{
    /// <summary>Schedules per install: 1 to 10,000; default 50.</summary>
    public int MaxPerInstall { get; init; } = 50;

    /// <summary>Changes of an install's schedules that may come at once: at least <see cref="MaxPerInstall"/>; default 100.</summary>
    public int ChangeBurst { get; init; } = 100;

    /// <summary>Changes of an install's schedules a minute after the burst: above 0; default 60.</summary>
    public double ChangesPerMinute { get; init; } = 60;

    /// <summary>The longest time limit that a policy may set: the sandbox's; default 30 seconds, as there.</summary>
    internal TimeSpan MaxTimeLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long what was deleted can be restored, as retention has it; default 7 days.</summary>
    internal TimeSpan RestorableFor { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The host's catch-up window, where a policy sets none.</summary>
    internal TimeSpan CatchUpWindow { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Every value that is out of its range.</summary>
    internal IReadOnlyList<Problem> Validate()
    {
        var problems = new List<Problem>();
        if (MaxPerInstall is < 1 or > 10_000)
        {
            problems.Add(new Problem("Limits:MaxPerInstall", "out-of-range", "Limits:MaxPerInstall must be between 1 and 10000"));
        }

        if (ChangeBurst < MaxPerInstall)
        {
            problems.Add(new Problem(
                "Limits:ChangeBurst",
                "out-of-range",
                "Limits:ChangeBurst must not be below Limits:MaxPerInstall, or an extension could not set itself up"));
        }

        if (!(ChangesPerMinute > 0) || double.IsInfinity(ChangesPerMinute))
        {
            problems.Add(new Problem("Limits:ChangesPerMinute", "out-of-range", "Limits:ChangesPerMinute must be above 0"));
        }

        return problems;
    }

    internal ScheduleChangeLimits At(DateTimeOffset now) => new(now, MaxPerInstall, new TokenBucket(ChangeBurst, ChangesPerMinute))
    {
        // As many as an install can have: an extension that creates and deletes all day must not fill the store.
        KeptDeleted = RestorableFor > TimeSpan.Zero ? MaxPerInstall : 0,
    };
}
