using Escapement.Firing.Claiming;
using Escapement.Runs;

namespace Escapement.Firing.Ending;

/// <summary>The outcome of an attempt, as it is written.</summary>
internal sealed record AttemptOutcome
{
    /// <summary>The run, under the token it was claimed with.</summary>
    public required LeasedRun Lease { get; init; }

    /// <summary>The attempt that ended.</summary>
    public required int Attempt { get; init; }

    /// <summary><see cref="RunState.Queued"/> to try again at <see cref="RetryAt"/>; otherwise an ended state.</summary>
    public required RunState State { get; init; }

    /// <summary>Why.</summary>
    public required RunReason Reason { get; init; }

    /// <summary>
    /// When the attempt started; null when it never reached the sandbox: the schedule's last-run fields then stay. They stay too when
    /// the attempt was given back (<see cref="RunReason.NodeStopped"/>), or lost with a worker process that it shared.
    /// </summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The version that the attempt ran; null when it never reached the sandbox.</summary>
    public VersionId? Version { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset FinishedAt { get; init; }

    /// <summary>When the next attempt may start, if <see cref="State"/> is <see cref="RunState.Queued"/>.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>The HTTP status that the extension answered.</summary>
    public int? StatusCode { get; init; }

    /// <summary>What went wrong, at most 4,000 characters.</summary>
    public string? Error { get; init; }

    /// <summary>Pauses the schedule, with <see cref="Error"/> as its last error: its endpoint is gone.</summary>
    public bool HoldsSchedule { get; init; }

    /// <summary>Whether it was lost with a worker process in which others ran too (<see cref="RunReason.WorkerLost"/>).</summary>
    public bool SharedLostWorker { get; init; }

    /// <summary>Whether it says nothing of the extension: its node was stopped, or it is not known who brought its worker process down.</summary>
    internal bool IsGivenBack => Reason == RunReason.NodeStopped || SharedLostWorker;

    /// <summary>Whether there was no attempt, because the sandbox could not run the extension yet: the run waits as it was.</summary>
    internal bool IsPutBack => Reason is RunReason.Compiling or RunReason.SandboxUnavailable;

    /// <summary>How many runs of the schedule in a row the extension had failed when this one was claimed.</summary>
    public int FailuresBefore { get; init; }

    /// <summary>After how many the schedule is paused; 0 for never.</summary>
    public int PauseAfterFailures { get; init; }

    /// <summary>Whether its run is to be tried again.</summary>
    internal bool WantsAnother => State == RunState.Queued;

    /// <summary>What the sandbox kept.</summary>
    public RunEvidence Evidence { get; init; } = RunEvidence.None;
}
