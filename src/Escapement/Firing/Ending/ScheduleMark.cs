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
/// <param name="Error">Why it failed, or why the schedule is disabled.</param>
/// <param name="Disables">Whether the schedule is disabled.</param>
/// <param name="Failures">How many runs in a row the extension has failed, and what follows from it.</param>
internal readonly record struct ScheduleMark(
    ScheduleId Schedule, TenantId Tenant, RunId Run, bool Frees, DateTimeOffset EndedAt, DateTimeOffset? LastRunAt, LastRunStatus Status, string? Error,
    bool Disables, FailureCount Failures)
{
    /// <summary>The audit entry of a pause that the host makes by itself.</summary>
    public AuditEntry AuditOf(Pause pause, TimeProvider time) =>
        AuditEntry.Of(time, scope: null, Actor.Host, "schedule.pause", Schedule.ToString(), detail: pause.Note);

    /// <summary>The mark of an outcome. An attempt that was given back says nothing of the extension.</summary>
    public static ScheduleMark Of(AttemptOutcome outcome, bool staysOpen)
    {
        var succeeded = outcome.State == RunState.Succeeded;
        return new ScheduleMark(
            outcome.Lease.Schedule,
            outcome.Lease.Tenant,
            outcome.Lease.Id,
            Frees: !staysOpen,
            outcome.FinishedAt,
            LastRunAt: outcome.IsGivenBack ? null : outcome.StartedAt,
            succeeded ? LastRunStatus.Success : LastRunStatus.Error,
            succeeded ? null : outcome.Error,
            outcome.DisablesSchedule,
            FailureCount.Of(outcome, staysOpen));
    }
}
