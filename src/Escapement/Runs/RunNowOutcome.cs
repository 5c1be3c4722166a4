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
        InstallDisabled => "The install is disabled",
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

    /// <summary>Its tenant or the host is paused: then nothing starts, whoever asks.</summary>
    public sealed record Paused(Pause Pause) : RunNowOutcome
    {
        /// <summary>The pause that forbids it, if one does; one of a schedule or an install does not.</summary>
        internal static Paused? By(IEnumerable<Pause> over, DateTimeOffset now) =>
            over.FirstOrDefault(p => p.Layer is PauseLayer.Host or PauseLayer.Tenant && p.HoldsAt(now)) is { } pause ? new Paused(pause) : null;
    }
}
