using Escapement.Scheduling;

namespace Escapement.AspNetCore.Api.Schedules;

/// <summary>
/// A schedule's policy; when it is changed, absent fields stay as they are. Null takes <c>catchUpMinutes</c> and
/// <c>timeLimitSeconds</c> back to the host's.
/// </summary>
internal sealed record SchedulePolicyJson
{
    private bool catchUpGiven;
    private bool timeLimitGiven;

    /// <summary>What becomes of an occurrence that comes due while the run before is open: <c>skip</c> or <c>queue-one</c>.</summary>
    public string? Overlap { get; set; }

    /// <summary>What becomes of occurrences that the host was down for: <c>latest</c>, <c>none</c> or <c>all</c>.</summary>
    public string? Missed { get; set; }

    /// <summary>With <c>all</c>: how many, the newest, are caught up.</summary>
    public int? MissedMax { get; set; }

    /// <summary>How old a missed occurrence may be to fire; absent for the host's.</summary>
    public int? CatchUpMinutes
    {
        get;
        set
        {
            field = value;
            catchUpGiven = true;
        }
    }

    /// <summary>The window behind its due times in which the schedule has its own place to start.</summary>
    public int? SpreadSeconds { get; set; }

    /// <summary>What happens after a failure.</summary>
    public RetryJson? Retry { get; set; }

    /// <summary>How long an attempt may take; absent for the host's limit.</summary>
    public int? TimeLimitSeconds
    {
        get;
        set
        {
            field = value;
            timeLimitGiven = true;
        }
    }

    /// <summary>After how many runs in a row that the extension failed the schedule is paused; 0 for never.</summary>
    public int? PauseAfterFailures { get; set; }

    public static SchedulePolicyJson Of(SchedulePolicy policy) => new()
    {
        Overlap = PolicyWords.Of(policy.Overlap),
        Missed = PolicyWords.Of(policy.Missed),
        MissedMax = policy.MissedMax,
        CatchUpMinutes = (int?)policy.CatchUp?.TotalMinutes,
        SpreadSeconds = (int)policy.Spread.TotalSeconds,
        Retry = RetryJson.Of(policy.Retry),
        TimeLimitSeconds = (int?)policy.TimeLimit?.TotalSeconds,
        PauseAfterFailures = policy.PauseAfterFailures,
    };

    /// <summary>Its part of a schedule's etag.</summary>
    public static IReadOnlyList<(string Name, object? Value)> Fields(SchedulePolicy policy) =>
    [
        ("policy.overlap", policy.Overlap), ("policy.missed", policy.Missed), ("policy.missedMax", policy.MissedMax), ("policy.catchUpMinutes", policy.CatchUp),
        ("policy.spreadSeconds", policy.Spread), ("policy.retry", RetryJson.Of(policy.Retry)), ("policy.timeLimitSeconds", policy.TimeLimit),
        ("policy.pauseAfterFailures", policy.PauseAfterFailures),
    ];

    public SchedulePolicyInput ToInput() => new()
    {
        Overlap = PolicyWords.Overlap(Overlap),
        Missed = PolicyWords.Missed(Missed),
        MissedMax = MissedMax,
        CatchUp = CatchUpMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null,
        CatchUpIsHosts = catchUpGiven && CatchUpMinutes is null,
        Spread = SpreadSeconds is { } spread ? TimeSpan.FromSeconds(spread) : null,
        Retry = Retry?.ToRetryPolicy(),
        TimeLimit = TimeLimitSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        TimeLimitIsHosts = timeLimitGiven && TimeLimitSeconds is null,
        PauseAfterFailures = PauseAfterFailures,
    };
}
