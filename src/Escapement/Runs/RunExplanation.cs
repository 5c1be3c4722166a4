using System.Globalization;
using Escapement.Scheduling;

namespace Escapement.Runs;

/// <summary>
/// Says in one sentence what became of a run and, where there is something to do about it, what. Pure: the ledger row alone
/// must be enough to answer why something did not run.
/// </summary>
public static class RunExplanation
{
    /// <summary>The stable word for a reason, as the HTTP API spells it: <c>time-out</c>; null for <see cref="RunReason.None"/>.</summary>
    public static string? Word(RunReason reason) => reason switch
    {
        RunReason.None => null,
        RunReason.ErrorStatus => "error-status",
        RunReason.Trap => "trap",
        RunReason.TimeOut => "time-out",
        RunReason.ResponseTooLarge => "response-too-large",
        RunReason.OutOfMemory => "out-of-memory",
        RunReason.ComponentUnavailable => "component-unavailable",
        RunReason.TooManyHostCalls => "too-many-host-calls",
        RunReason.HostError => "host-error",
        RunReason.WorkerLost => "worker-lost",
        RunReason.Overlap => "overlap",
        RunReason.Paused => "paused",
        RunReason.SkippedByAdmin => "skipped-by-admin",
        RunReason.Superseded => "superseded",
        RunReason.OutsideCatchUpWindow => "outside-catch-up-window",
        RunReason.NotCaughtUp => "not-caught-up",
        RunReason.NodeLost => "node-lost",
        RunReason.InstallDisabled => "install-disabled",
        RunReason.InstallRemoved => "install-removed",
        RunReason.ScheduleDisabled => "schedule-disabled",
        RunReason.ScheduleDeleted => "schedule-deleted",
        RunReason.EndpointGone => "endpoint-gone",
        RunReason.ScheduleUnplannable => "schedule-unplannable",
        RunReason.NodeStopped => "node-stopped",
        RunReason.StoreLost => "store-lost",
        RunReason.Compiling => "compiling",
        RunReason.SandboxUnavailable => "sandbox-unavailable",
        RunReason.ScheduleChanged => "schedule-changed",
        RunReason.PayloadGone => "payload-gone",
        _ => "unknown",
    };

    /// <summary>The sentence for a row of the ledger.</summary>
    public static string For(Run run) => run.State switch
    {
        RunState.Queued when run is { Reason: RunReason.Compiling or RunReason.SandboxUnavailable, Error: { } waitsFor } =>
            $"{waitsFor}; it starts {NotBefore(run)}.",
        RunState.Queued when run.EarlierAttempts is [.., var last] =>
            $"Attempt {last.Attempt} ended without success ({DescribeAttempt(last.Reason)}); attempt {last.Attempt + 1} starts {NotBefore(run)}.",
        RunState.Queued => $"Waiting for a free slot; it starts {NotBefore(run)}.",
        RunState.Running => $"Attempt {run.Attempt} is under way on node {run.Node}.",
        RunState.Succeeded => run.StatusCode is { } status ? $"The extension answered with status {status}." : "The extension answered.",
        RunState.Failed => $"It ran and failed: {Describe(run.Reason, run.StatusCode)}.{Remedy(run.Reason)}",
        RunState.Missed => Unstarted(run),
        _ when run.MissedCount is not null => Unstarted(run),
        _ when run is { Reason: RunReason.SkippedByAdmin, Note: { } note } =>
            $"The occurrence of {Time(run.DueAt)} did not start: it was skipped ahead of time by {run.RequestedBy}, '{note}'.",
        _ => $"It did not run to an end: {Describe(run.Reason, run.StatusCode)}.{Remedy(run.Reason)}",
    };

    private static string NotBefore(Run run) => run.AvailableAt is { } at ? $"not before {Time(at)}" : "as soon as a node takes it";

    private static string Unstarted(Run run)
    {
        var count = run.MissedCount ?? 1;
        var from = run.MissedFrom ?? run.DueAt;
        var to = run.MissedTo ?? run.DueAt;
        var which = count == 1
            ? $"The occurrence of {Time(from)} did not start"
            : $"{count.ToString(CultureInfo.InvariantCulture)} occurrences from {Time(from)} to {Time(to)} did not start";
        return run is { Reason: RunReason.Paused, Pause: { } pause }
            ? $"{which}: {Whose(pause.Layer)} was paused by {pause.By} from {Time(pause.Since)} on, '{pause.Note}'."
            : $"{which}: {Describe(run.Reason, statusCode: null)}.{Remedy(run.Reason)}";
    }

    /// <summary>What a pause holds.</summary>
    internal static string Whose(PauseLayer layer) => layer switch
    {
        PauseLayer.Host => "the host",
        PauseLayer.Tenant => "the tenant",
        PauseLayer.Install => "the install",
        PauseLayer.Schedule => "the schedule",
        _ => throw new InvalidOperationException($"A layer that nobody knows: {layer}"),
    };

    /// <summary>How an attempt ended, as the end of a sentence: one that was lost says nothing yet of how many are allowed.</summary>
    internal static string DescribeAttempt(RunReason reason) => reason switch
    {
        RunReason.NodeLost => "the node that ran it was lost",
        RunReason.StoreLost => "its node lost the store for longer than its lease",
        RunReason.WorkerLost => "the process that ran it was lost, so it is tried again with no other beside it",
        _ => Describe(reason, statusCode: null),
    };

    /// <summary>A reason as the end of a sentence.</summary>
    internal static string Describe(RunReason reason, int? statusCode) => reason switch
    {
        RunReason.None => "no reason was recorded",
        RunReason.ErrorStatus => statusCode is { } status
            ? $"the extension answered with status {status}, and 400 or above counts as a failure"
            : "the extension answered with an error status",
        RunReason.Trap => "the extension's code crashed",
        RunReason.TimeOut => "the extension did not answer within its time limit",
        RunReason.ResponseTooLarge => "the extension's answer was larger than allowed",
        RunReason.OutOfMemory => "the extension wanted more memory than allowed",
        RunReason.ComponentUnavailable => "the extension's component could not be loaded",
        RunReason.TooManyHostCalls => "the extension made more host calls than one run may",
        RunReason.HostError => "the host itself failed while it ran the extension",
        RunReason.WorkerLost => "the process that ran the extension, and nothing else, was lost before the extension answered",
        RunReason.Overlap => "the previous run of this schedule had not ended",
        RunReason.Paused => "the schedule was paused",
        RunReason.SkippedByAdmin => "it was skipped ahead of time",
        RunReason.Superseded => "the host was down or too busy, and a later occurrence took its place",
        RunReason.OutsideCatchUpWindow => "the host was down or too busy until it was older than the catch-up window",
        RunReason.NotCaughtUp => "the host was down or too busy, and the schedule's policy catches nothing up",
        RunReason.NodeLost => "the node that ran it was lost, as often as attempts after a loss are allowed",
        RunReason.InstallDisabled => "the install was disabled before it could start",
        RunReason.InstallRemoved => "the extension was uninstalled before it could start",
        RunReason.ScheduleDisabled => "the schedule was disabled before it could start",
        RunReason.ScheduleDeleted => "the schedule was deleted before it could start",
        RunReason.ScheduleChanged => "the schedule's times were changed before it could start",
        RunReason.PayloadGone => "the payload of the run that it was to repeat is kept no more",
        RunReason.EndpointGone => "the installed version has no such endpoint that can be scheduled, so the schedule is held until one has it",
        RunReason.ScheduleUnplannable => "the host could not work out when the schedule is due next, so the schedule was disabled",
        RunReason.NodeStopped => "the node that ran it was stopped before it ended",
        RunReason.StoreLost => "its node lost the store for longer than its lease, as often as attempts after a loss are allowed",
        RunReason.Compiling => "the extension's component was not compiled yet",
        RunReason.SandboxUnavailable => "the host could not start a process to run it in",
        _ => $"this host does not know the reason {(int)reason}",
    };

    private static string Remedy(RunReason reason) => reason switch
    {
        RunReason.ErrorStatus or RunReason.Trap or RunReason.TimeOut or RunReason.OutOfMemory => " The run's error and log lines say more.",
        RunReason.ComponentUnavailable or RunReason.HostError or RunReason.SandboxUnavailable =>
            " This is the operator's to look into: see the node's log at that time.",
        RunReason.WorkerLost => " The run's error says what became of the process; the extension made it use too much, or brought it down.",
        RunReason.Overlap => " If that run goes on for long, make the endpoint faster or the schedule less frequent; if it waits, it says what for.",
        RunReason.OutsideCatchUpWindow or RunReason.NotCaughtUp => " Use run-now if it should still happen.",
        RunReason.NodeLost => " Check whether the extension brings its node down; use run-now to try again.",
        RunReason.StoreLost => " See what kept the node from the store at that time; use run-now to try again.",
        RunReason.InstallDisabled => " Enable the install; it goes on with the next occurrence.",
        RunReason.ScheduleDisabled => " Enable the schedule; it goes on with the next occurrence.",
        RunReason.EndpointGone => " Install a version that has it, or point the schedule to another endpoint; it goes on by itself then.",
        RunReason.ScheduleUnplannable =>
            " Its error says what is wrong: correct its cron or time zone, or bring the host's time zone data up to date, and enable it again.",
        _ => "",
    };

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
