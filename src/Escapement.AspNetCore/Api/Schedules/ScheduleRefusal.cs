using Escapement.AspNetCore.Problems;
using Escapement.Scheduling;

namespace Escapement.AspNetCore.Api.Schedules;

/// <summary>A refused change of a schedule, in the contract's words.</summary>
internal static class ScheduleRefusal
{
    public static ProblemResult Of(ScheduleChange change)
    {
        var detail = change.Error ?? "";
        return change.Kind switch
        {
            ScheduleChangeKind.Invalid => Refusal.Invalid(detail, change.FieldErrors),
            ScheduleChangeKind.NotFound or ScheduleChangeKind.InstallGone => Refusal.NotFound(detail),
            ScheduleChangeKind.QuotaExceeded => Refusal.Conflict("quota-exceeded", "Quota exceeded", detail),
            ScheduleChangeKind.AlreadySkipped => Refusal.Conflict("already-skipped", "Already skipped", detail),
            ScheduleChangeKind.AlreadyDue => Refusal.Conflict("already-due", "Already due", detail),
            ScheduleChangeKind.NotSkipped => Refusal.NotFound(detail),
            ScheduleChangeKind.RateLimited => Refusal.RateLimited(detail, change.RetryAfter),
            _ => throw new InvalidOperationException($"Not a refusal of an admin's change: {change.Kind}"),
        };
    }
}
