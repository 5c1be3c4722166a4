using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Api.Pauses;
using Escapement.AspNetCore.Problems;
using Escapement.Pausing;
using Escapement.Scheduling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Escapement.AspNetCore.Api.Schedules;

/// <summary>Pausing and resuming one schedule. Its pause is shown on it, beside those above.</summary>
internal static class SchedulePauseEndpoints
{
    public static void MapSchedulePauses(this RouteGroupBuilder schedules)
    {
        schedules.MapPost("/{scheduleId}/pause", PauseAsync)
            .Asks(Permission.ChangeTenant)
            .Describe(
                "pauseSchedule",
                "Pause a schedule",
                "It starts nothing from the answer on; a run under way finishes, and a retry waits. 409 if it has a pause of its own already.")
            .WithExample("""{"note":"the customer is on holiday","until":"2030-03-02T10:15:00Z","onEnd":"latest"}""")
            .ShowsSchedules()
            .KeepsAnswer<PauseOutcome>(Paused)
            .TakesIfMatch()
            .Answers<PausedJson>(200).Refuses(409, 422);
        schedules.MapPost("/{scheduleId}/resume", ResumeAsync)
            .Asks(Permission.ChangeTenant)
            .Describe(
                "resumeSchedule",
                "Resume a paused schedule",
                "What its pause kept from starting becomes one row of the ledger, but for what onEnd has run; with previewToken exactly what was shown is "
                + "done. 409 if it has no pause of its own, or if an operator paused and the caller is none.")
            .WithExample("""{"previewToken":"01993a5e-7c1f-7000-8000-000000000000"}""")
            .ShowsSchedules()
            .TakesIfMatch()
            .Answers<ScheduleJson>(200).CommitsPreview().Refuses(400);
        schedules.MapPost("/{scheduleId}/resume/preview", PreviewAsync)
            .Asks(Permission.ReadTenant)
            .Describe(
                "previewResumeSchedule",
                "Show what resuming a schedule would do",
                "Changes nothing; the token has exactly that done. 409 if it has no pause of its own.")
            .Answers<ShownResumeJson>(200).Refuses(400, 409);
    }

    private static Task<IResult> PauseAsync(string scheduleId, HttpContext context, JsonBody<PauseRequest> body, PauseOperations operations) =>
        PauseAnswer.PauseAsync(
            body,
            input => operations.PauseScheduleAsync(
                context.InstalledExtension().Install.Scope,
                scheduleId,
                input,
                context.Actor(),
                context.IsOperator(),
                context.ExpectedSchedule(),
                context.RequestAborted),
            outcome => Paused(context, outcome));

    private static IResult Paused(HttpContext context, PauseOutcome outcome) =>
        PauseAnswer.Paused(context, outcome, change => ScheduleRefusal.Of(context, change));

    private static Task<IResult> ResumeAsync(
        string scheduleId,
        HttpContext context,
        OptionalJsonBody<ResumeRequest> body,
        PauseOperations operations,
        IScheduleStore store,
        [FromQuery] string? onEnd = null) =>
        PauseAnswer.ResumeAsync(
            context,
            KindOf(scheduleId),
            body.Value,
            onEnd,
            (terms, _) => operations.ResumeScheduleAsync(
                context.InstalledExtension().Install.Scope,
                scheduleId,
                terms,
                context.Actor(),
                context.IsOperator(),
                context.ExpectedSchedule(),
                context.RequestAborted),
            async () => await FindAsync(context, scheduleId, store) is { } resumed
                ? Answer.Json(context.Show(resumed))
                : Refusal.NotFound(ScheduleMessages.NotFound),
            change => ScheduleRefusal.Of(context, change));

    private static async Task<IResult> PreviewAsync(
        string scheduleId, HttpContext context, PauseOperations operations, IScheduleStore store, [FromQuery] string? onEnd = null) =>
        await FindAsync(context, scheduleId, store) is { } schedule
            ? await PauseAnswer.PreviewAsync(
                context, KindOf(scheduleId), onEnd, end => operations.PreviewScheduleAsync(schedule.Scope, scheduleId, end, context.RequestAborted))
            : Refusal.NotFound(ScheduleMessages.NotFound);

    private static string KindOf(string scheduleId) => $"resume {scheduleId}";

    private static async ValueTask<Schedule?> FindAsync(HttpContext context, string scheduleId, IScheduleStore store) =>
        ScheduleId.TryParse(scheduleId, out var id) ? await store.GetAsync(context.InstalledExtension().Install.Scope, id, context.RequestAborted) : null;
}
