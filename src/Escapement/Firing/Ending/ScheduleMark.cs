using Escapement.Audit;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Firing.Ending;

/// <summary>What the end of an attempt shows on its schedule (contract section 5).</summary>
/// <param name="Schedule">The schedule, which may be gone.</param>
/// <param name="Tenant">Its tenant.</param>
/// <param name="Run">The run.</param>
/// <param name="Frees">Whether the run has ended, so that the schedule no longer points at it.</param>
/// <param name="EndedAt">When it ended: what waits may start from then on.</param>
/// <param name="LastRunAt">When the attempt started; null leaves all last-run fields as they are.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="Failures">How many runs in a row the extension has failed, and what follows from it.</param>
/// <param name="Pausing">The pause that the host makes of it; null for nearly every outcome.</param>
internal readonly record struct ScheduleMark(
    ScheduleId Schedule, TenantId Tenant, RunId Run, bool Frees, DateTimeOffset EndedAt, DateTimeOffset? LastRunAt, LastRunStatus Status, string? Error,
    FailureCount Failures, HostsPause? Pausing)
{
    /// <summary>The audit entry of a pause that the host makes by itself.</summary>
    public AuditEntry AuditOf(Pause pause, TimeProvider time) =>
        AuditEntry.Of(time, scope: null, Actor.Host, "schedule.pause", Schedule.ToString(), detail: pause.Note);

    /// <summary>The mark of an outcome. An attempt that was given back says nothing of the extension.</summary>
    public static ScheduleMark Of(AttemptOutcome outcome, bool staysOpen)
    {
        var succeeded = outcome.State == RunState.Succeeded;
        var failures = FailureCount.Of(outcome, staysOpen);
        return new ScheduleMark(
            outcome.Lease.Schedule,
            outcome.Lease.Tenant,
            outcome.Lease.Id,
            Frees: !staysOpen,
            outcome.FinishedAt,
            LastRunAt: outcome.IsGivenBack ? null : outcome.StartedAt,
            succeeded ? LastRunStatus.Success : LastRunStatus.Error,
            succeeded ? null : outcome.Error,
            failures,
            failures.Pause is { } pause ? new HostsPause(pause, failures.LastError!, failures.After) : HoldOf(outcome));
    }

    private static HostsPause? HoldOf(AttemptOutcome outcome) => outcome.HoldsSchedule
        ? new HostsPause(EndpointHold.Of(outcome.Lease.Id.Value, outcome.FinishedAt, outcome.Error!), outcome.Error!, Failures: null)
        : null;
}

/// <summary>A pause that the host makes by itself.</summary>
/// <param name="Pause">The pause.</param>
/// <param name="LastError">What the schedule says then.</param>
/// <param name="Failures">How many failures in a row it must have still; null where they are not the reason.</param>
internal sealed record HostsPause(Pause Pause, string LastError, int? Failures);
