using Escapement.Runs;

namespace Escapement.PostgreSql.Firing;

/// <summary>An attempt that ended, and what becomes of its run: it is closed, or waits to be tried again.</summary>
internal sealed record EndedRun(RunningRun Run)
{
    public required RunState State { get; init; }

    public required RunReason Reason { get; init; }

    public required DateTimeOffset At { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public VersionId? Version { get; init; }

    public DateTimeOffset? AvailableAt { get; init; }

    public int? StatusCode { get; init; }

    public string? Error { get; init; }

    public RunEvidence Evidence { get; init; } = RunEvidence.None;

    /// <summary>How many more of its attempts were lost with their node.</summary>
    public int Lost { get; init; }

    /// <summary>How many more of its attempts were given back by their node.</summary>
    public int Stopped { get; init; }

    /// <summary>The list of attempts, with this one when the run waits for another.</summary>
    public string? EarlierAttempts { get; init; } = Run.EarlierAttempts;
}
