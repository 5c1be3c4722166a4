namespace Escapement.Runs;

/// <summary>What made a run.</summary>
public enum RunTrigger
{
    /// <summary>An occurrence of the schedule.</summary>
    Schedule = 0,

    /// <summary>An admin's run-now.</summary>
    RunNow = 1,

    /// <summary>An admin who had an ended run repeated.</summary>
    Rerun = 2,

    /// <summary>An admin's backfill of a range of the past.</summary>
    Backfill = 3,
}

/// <summary>What is said of triggers in more than one place.</summary>
internal static class RunTriggers
{
    /// <summary>The word for one, as the HTTP API and <c>x-scheduler-trigger</c> spell it (contract section 5).</summary>
    public static string Word(this RunTrigger trigger) => trigger switch
    {
        RunTrigger.Schedule => "schedule",
        RunTrigger.RunNow => "run-now",
        RunTrigger.Rerun => "rerun",
        RunTrigger.Backfill => "backfill",
        _ => throw new ArgumentOutOfRangeException(nameof(trigger)),
    };

    /// <summary>Whether somebody asked for the very run: then it starts though its schedule is disabled, or paused with its install or by itself.</summary>
    public static bool IsAskedFor(this RunTrigger trigger) => trigger is RunTrigger.RunNow or RunTrigger.Rerun;
}
