using Escapement.AspNetCore.Problems;
using Escapement.Scheduling;
using Microsoft.AspNetCore.Http;

namespace Escapement.AspNetCore.Api.Schedules;

/// <summary>What a change of a schedule expects, and a refused one in the contract's words.</summary>
internal static class ScheduleRefusal
{
    /// <summary>What the caller saw of the schedule; null when they said nothing.</summary>
    public static Func<Schedule, bool>? ExpectedSchedule(this HttpContext context) => context.IfMatch()?.Expects<Schedule>(ScheduleJson.Fields);

    public static ProblemResult Of(HttpContext context, ScheduleChange change)
    {
        var detail = change.Error ?? "";
        return change.Kind switch
        {
            ScheduleChangeKind.Invalid => Refusal.Invalid(detail, change.FieldErrors),
            ScheduleChangeKind.NotFound or ScheduleChangeKind.InstallGone => Refusal.NotFound(detail),
            ScheduleChangeKind.QuotaExceeded => Refusal.Conflict("quota-exceeded", "Quota exceeded", detail),
            ScheduleChangeKind.ChangedMeanwhile => context.IfMatch()!.Refuse(ScheduleJson.Fields(change.Current!), context.Show(change.Current!)),
            ScheduleChangeKind.AlreadyPaused => Refusal.Conflict("already-paused", "Already paused", detail),
            ScheduleChangeKind.NotPaused => Refusal.Conflict("not-paused", "Not paused", detail),
            ScheduleChangeKind.AlreadySkipped => Refusal.Conflict("already-skipped", "Already skipped", detail),
            ScheduleChangeKind.AlreadyDue => Refusal.Conflict("already-due", "Already due", detail),
            ScheduleChangeKind.NotSkipped => Refusal.NotFound(detail),
            ScheduleChangeKind.RateLimited => Refusal.RateLimited(detail, change.RetryAfter),
            _ => throw new InvalidOperationException($"Not a refusal of an admin's change: {change.Kind}"),
        };
    }
}
