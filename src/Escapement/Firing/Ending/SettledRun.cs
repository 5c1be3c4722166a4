using Escapement.Runs;

namespace Escapement.Firing.Ending;

/// <summary>What becomes of a run whose attempt is over: it is closed, or waits to be tried again.</summary>
internal sealed record SettledRun(RunningRun Run)
{
    /// <summary><see cref="RunState.Queued"/> to be tried again at <see cref="AvailableAt"/>; otherwise an ended state.</summary>
    public required RunState State { get; init; }

    /// <summary>Why; of a run that waits: how its attempt ended, or what kept it from being made.</summary>
    public required RunReason Reason { get; init; }

    /// <summary>When the attempt ended.</summary>
    public required DateTimeOffset At { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The version that the attempt ran; null when it never reached the sandbox or was lost.</summary>
    public VersionId? Version { get; init; }

    public DateTimeOffset AvailableAt { get; init; }

    public int? StatusCode { get; init; }

    public string? Error { get; init; }

    public RunEvidence Evidence { get; init; } = RunEvidence.None;

    public int LostAttempts { get; init; } = Run.LostAttempts;

    public int StoppedAttempts { get; init; } = Run.StoppedAttempts;

    /// <summary>The attempts before; with this one when the run waits for another.</summary>
    public IReadOnlyList<EndedAttempt> EarlierAttempts { get; init; } = Run.EarlierAttempts;

    public bool IsQueued => State == RunState.Queued;

    /// <summary>The rule for an outcome that wants another attempt: only a schedule that is still there has one.</summary>
    public static SettledRun Of(AttemptOutcome outcome, RunningRun run, bool hasSchedule)
    {
        var givenBack = outcome.IsGivenBack;
        var settled = new SettledRun(run)
        {
            State = RunState.Failed,
            Reason = outcome.Reason,
            At = outcome.FinishedAt,
            StartedAt = outcome.StartedAt,
            Version = outcome.Version,
            StatusCode = outcome.StatusCode,
            Error = outcome.Error,
            Evidence = outcome.Evidence,
        };
        if (!hasSchedule)
        {
            // What is known of the attempt is the outcome; one that was given back has none.
            return givenBack || outcome.IsPutBack ? settled with { State = RunState.Abandoned, Reason = RunReason.ScheduleDeleted } : settled;
        }

        if (outcome.IsPutBack)
        {
            // As it was before the claim, which counts the attempt.
            return settled with
            {
                Run = run with { Attempt = run.Attempt - 1 },
                State = RunState.Queued,
                AvailableAt = outcome.RetryAt ?? outcome.FinishedAt,
            };
        }

        return settled with
        {
            State = RunState.Queued,
            AvailableAt = outcome.RetryAt ?? outcome.FinishedAt,
            StoppedAttempts = run.StoppedAttempts + (givenBack ? 1 : 0),
            EarlierAttempts =
            [
                .. run.EarlierAttempts,
                new EndedAttempt(outcome.Attempt, outcome.StartedAt, outcome.FinishedAt, outcome.Reason, run.Node, outcome.Error)
                {
                    Version = outcome.Version,
                    TraceId = outcome.Evidence.TraceId,
                },
            ],
        };
    }
}
