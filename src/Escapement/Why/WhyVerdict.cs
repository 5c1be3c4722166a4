namespace Escapement.Why;

/// <summary>What became of an instant of a schedule, or will.</summary>
internal enum WhyVerdict
{
    /// <summary>It ran, and the extension answered with a status below 400.</summary>
    Succeeded,

    /// <summary>It ran and failed.</summary>
    Failed,

    /// <summary>It is under way.</summary>
    Running,

    /// <summary>It waits to start, or to be tried again.</summary>
    Queued,

    /// <summary>It did not start, because the run before was still going or an admin had skipped it.</summary>
    Skipped,

    /// <summary>It did not start in time.</summary>
    Missed,

    /// <summary>A pause kept it from starting, or does.</summary>
    Paused,

    /// <summary>The schedule or its install was disabled.</summary>
    Disabled,

    /// <summary>It was given up without an answer.</summary>
    Abandoned,

    /// <summary>It is none of the schedule's times.</summary>
    NotDue,

    /// <summary>It is to come, and nothing stands in its way.</summary>
    WillRun,

    /// <summary>It is to come, and something stands in its way.</summary>
    WillNotRun,

    /// <summary>The schedule was made later.</summary>
    NotYetCreated,

    /// <summary>The schedule was deleted, or its extension uninstalled.</summary>
    Deleted,

    /// <summary>What there was of it is kept no more.</summary>
    BeyondRetention,
}

/// <summary>Verdicts as the HTTP API spells them.</summary>
internal static class WhyVerdicts
{
    public static string Word(this WhyVerdict verdict) => verdict switch
    {
        WhyVerdict.Succeeded => "succeeded",
        WhyVerdict.Failed => "failed",
        WhyVerdict.Running => "running",
        WhyVerdict.Queued => "queued",
        WhyVerdict.Skipped => "skipped",
        WhyVerdict.Missed => "missed",
        WhyVerdict.Paused => "paused",
        WhyVerdict.Disabled => "disabled",
        WhyVerdict.Abandoned => "abandoned",
        WhyVerdict.NotDue => "not-due",
        WhyVerdict.WillRun => "will-run",
        WhyVerdict.WillNotRun => "will-not-run",
        WhyVerdict.NotYetCreated => "not-yet-created",
        WhyVerdict.Deleted => "deleted",
        WhyVerdict.BeyondRetention => "beyond-retention",
        _ => throw new InvalidOperationException($"A verdict that nobody knows: {verdict}"),
    };
}
