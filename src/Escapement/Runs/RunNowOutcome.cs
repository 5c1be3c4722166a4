using Escapement.Scheduling;

namespace Escapement.Runs;

/// <summary>How it ended when somebody asked for a run.</summary>
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
        InstallDisabled => "The install is disabled",
        NotEnded => "The run has not ended",
        NeverStarted => "The run never started, so there is nothing to repeat",
        ScheduleGone => "The run's schedule was deleted",
        PayloadGone => "The payload of the run is kept no more",
        InvalidNote invalid => invalid.Problem.Message,
        Paused paused => $"The {(paused.Pause.Layer == PauseLayer.Host ? "host" : "tenant")} is paused: {paused.Pause.Note}",
        var unknown => throw new InvalidOperationException($"An outcome that nobody knows: {unknown}"),
    };

    /// <summary>It is queued.</summary>
    public sealed record Queued(Run Run) : RunNowOutcome;

    /// <summary>The install has no such schedule.</summary>
    public sealed record NotFound : RunNowOutcome;

    /// <summary>The schedule has an open run.</summary>
    public sealed record AlreadyRunning(RunId Run) : RunNowOutcome;

    /// <summary>The install is disabled.</summary>
    public sealed record InstallDisabled : RunNowOutcome;

    /// <summary>The run that is to be repeated is open.</summary>
    public sealed record NotEnded(RunId Run) : RunNowOutcome;

    /// <summary>The run that is to be repeated is a row for occurrences that never started.</summary>
    public sealed record NeverStarted : RunNowOutcome;

    /// <summary>The schedule of the run that is to be repeated was deleted.</summary>
    public sealed record ScheduleGone : RunNowOutcome;

    /// <summary>The payload of the run that is to be repeated was replaced, and is kept no more.</summary>
    public sealed record PayloadGone : RunNowOutcome;

    /// <summary>The note is wrong.</summary>
    public sealed record InvalidNote(Problem Problem) : RunNowOutcome;

    /// <summary>Its tenant or the host is paused: then nothing starts, whoever asks.</summary>
    public sealed record Paused(Pause Pause) : RunNowOutcome
    {
        /// <summary>The pause that forbids it, if one does; one of a schedule or an install does not.</summary>
        internal static Paused? By(IEnumerable<Pause> over, DateTimeOffset now) =>
            over.FirstOrDefault(p => p.Layer is PauseLayer.Host or PauseLayer.Tenant && p.HoldsAt(now)) is { } pause ? new Paused(pause) : null;
    }
}
