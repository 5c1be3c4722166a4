using Escapement.Scheduling;

namespace Escapement.Firing;

/// <summary>
/// One row of the run ledger. Every occurrence ends in exactly one: (schedule, due time, trigger) is unique in the store,
/// and a row of state <see cref="RunState.Missed"/> stands for the whole range <see cref="MissedFrom"/>..<see cref="MissedTo"/>.
/// </summary>
public sealed record Run
{
    /// <summary>Its id, the idempotency key of all its attempts.</summary>
    public required RunId Id { get; init; }

    /// <summary>The tenant and install.</summary>
    public required InstallScope Scope { get; init; }

    /// <summary>The schedule, which may have been deleted since.</summary>
    public required ScheduleId Schedule { get; init; }

    /// <summary>The occurrence; for a run-now, when it was asked for; for a missed range, its first occurrence.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>What made it.</summary>
    public required RunTrigger Trigger { get; init; }

    /// <summary>Where it is.</summary>
    public required RunState State { get; init; }

    /// <summary>Why it ended so.</summary>
    public RunReason Reason { get; init; }

    /// <summary>The attempt that is under way or was the last, from 1; 0 for rows that never started.</summary>
    public int Attempt { get; init; }

    /// <summary>Not before this instant, while queued.</summary>
    public DateTimeOffset? AvailableAt { get; init; }

    /// <summary>The node that has or had it.</summary>
    public string? Node { get; init; }

    /// <summary>When the row was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the latest attempt started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended for good.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The HTTP status that the extension answered.</summary>
    public int? StatusCode { get; init; }

    /// <summary>What went wrong, at most 4,000 characters.</summary>
    public string? Error { get; init; }

    /// <summary>Who asked for a run-now.</summary>
    public string? RequestedBy { get; init; }

    /// <summary>How many occurrences a missed row stands for.</summary>
    public int? MissedCount { get; init; }

    /// <summary>The first of them.</summary>
    public DateTimeOffset? MissedFrom { get; init; }

    /// <summary>The last of them.</summary>
    public DateTimeOffset? MissedTo { get; init; }

    /// <summary>Attempts before <see cref="Attempt"/>, oldest first.</summary>
    public IReadOnlyList<EndedAttempt> EarlierAttempts { get; init; } = [];

    /// <summary>What the sandbox kept of the last attempt.</summary>
    public RunEvidence Evidence { get; init; } = RunEvidence.None;
}

/// <summary>What made a run.</summary>
public enum RunTrigger
{
    /// <summary>An occurrence of the schedule.</summary>
    Schedule = 0,

    /// <summary>An admin's run-now.</summary>
    RunNow = 1,
}

/// <summary>Where a run is. The first two are open: their schedule points at them.</summary>
public enum RunState
{
    /// <summary>Waiting to be claimed: a run-now, a retry, or an attempt that was lost with its node or given back by it.</summary>
    Queued = 0,

    /// <summary>Claimed by a node under a lease.</summary>
    Running = 1,

    /// <summary>The endpoint answered with a status below 400.</summary>
    Succeeded = 2,

    /// <summary>It ran, and failed.</summary>
    Failed = 3,

    /// <summary>It did not start because the previous run was still going.</summary>
    Skipped = 4,

    /// <summary>It did not start in time.</summary>
    Missed = 5,

    /// <summary>It was given up without an answer.</summary>
    Abandoned = 6,
}

/// <summary>Why a run ended as it did. Closed: an unknown value is a failure, never a success.</summary>
public enum RunReason
{
    /// <summary>Still open, or a plain success.</summary>
    None = 0,

    /// <summary>The endpoint answered with a status of 400 or above.</summary>
    ErrorStatus = 1,

    /// <summary>The guest trapped.</summary>
    Trap = 2,

    /// <summary>The guest did not answer within its time limit.</summary>
    TimeOut = 3,

    /// <summary>The answer was larger than allowed.</summary>
    ResponseTooLarge = 4,

    /// <summary>The guest wanted more memory than allowed.</summary>
    OutOfMemory = 5,

    /// <summary>The component could not be loaded.</summary>
    ComponentUnavailable = 6,

    /// <summary>The guest made more host calls than one run may.</summary>
    TooManyHostCalls = 7,

    /// <summary>The host itself failed while it ran the guest.</summary>
    HostError = 8,

    /// <summary>The previous run of the schedule was still going.</summary>
    Overlap = 20,

    /// <summary>The host was down or too busy, and a later occurrence took its place.</summary>
    Superseded = 30,

    /// <summary>It was older than the catch-up window when the host came back.</summary>
    OutsideCatchUpWindow = 31,

    /// <summary>Its node was lost, as often as attempts after a loss are allowed.</summary>
    NodeLost = 40,

    /// <summary>The install was disabled before it could start.</summary>
    InstallDisabled = 41,

    /// <summary>The install was removed before it could start.</summary>
    InstallRemoved = 42,

    /// <summary>The schedule was disabled before it could start.</summary>
    ScheduleDisabled = 43,

    /// <summary>The schedule was deleted before it could start.</summary>
    ScheduleDeleted = 44,

    /// <summary>The installed version has no such schedulable endpoint; the schedule was disabled.</summary>
    EndpointGone = 45,

    /// <summary>The schedule's zone is unknown on the host or its expression cannot be read; the schedule was disabled.</summary>
    ScheduleUnplannable = 46,

    /// <summary>
    /// Its node was stopped in an orderly way before the attempt ended, and gave the run back. Only ever the reason of an earlier
    /// attempt: however often that happens, the run is tried again.
    /// </summary>
    NodeStopped = 47,
}

/// <summary>An attempt that ended without ending its run.</summary>
/// <param name="Attempt">Which, from 1.</param>
/// <param name="StartedAt">When it started; null when it was lost before.</param>
/// <param name="EndedAt">When it failed, or was found to be lost.</param>
/// <param name="Reason">Why.</param>
/// <param name="Node">Where.</param>
/// <param name="Error">What went wrong.</param>
public sealed record EndedAttempt(int Attempt, DateTimeOffset? StartedAt, DateTimeOffset EndedAt, RunReason Reason, string? Node, string? Error);

/// <summary>What the sandbox keeps of an attempt; bounded.</summary>
/// <param name="Log">The guest's log lines, in order.</param>
/// <param name="DroppedLogLines">Lines beyond the limit.</param>
/// <param name="HostCalls">How often each host operation was called, by name.</param>
public sealed record RunEvidence(IReadOnlyList<GuestLogLine> Log, int DroppedLogLines, IReadOnlyDictionary<string, int> HostCalls)
{
    /// <summary>Nothing was kept.</summary>
    public static RunEvidence None { get; } = new([], 0, new Dictionary<string, int>());
}

/// <summary>One line that a guest logged.</summary>
/// <param name="At">When.</param>
/// <param name="Level"><c>info</c>, <c>warn</c> or <c>error</c>; <c>stdout</c> or <c>stderr</c> for what it printed.</param>
/// <param name="Message">Its text, possibly cut.</param>
public sealed record GuestLogLine(DateTimeOffset At, string Level, string Message);
