using Escapement.Scheduling;

namespace Escapement.Runs;

/// <summary>How a run-now ended.</summary>
public abstract record RunNowOutcome
{
    private RunNowOutcome()
    {
    }

    /// <summary>Why nothing was queued; null when it was.</summary>
    public string? Refusal => this switch
    {
        Queued => null,
        NotFound => ScheduleMessages.NotFound,
        AlreadyRunning => "The schedule has an open run",
        _ => "The install is disabled",
    };

    /// <summary>It is queued.</summary>
    public sealed record Queued(Run Run) : RunNowOutcome;

    /// <summary>The install has no such schedule.</summary>
    public sealed record NotFound : RunNowOutcome;

    /// <summary>The schedule has an open run.</summary>
    public sealed record AlreadyRunning(RunId Run) : RunNowOutcome;

    /// <summary>The install is disabled.</summary>
    public sealed record InstallDisabled : RunNowOutcome;
}
