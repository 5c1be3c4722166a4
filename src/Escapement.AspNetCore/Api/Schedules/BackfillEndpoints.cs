using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Problems;
using Escapement.Backfilling;
using Escapement.Scheduling;
using Escapement.Why;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escapement.AspNetCore.Api.Schedules;

/// <summary>Filling in the past of a schedule: shown first, then begun as it was shown; its progress, and steering it.</summary>
internal static class BackfillEndpoints
{
    public static void MapBackfills(this RouteGroupBuilder schedules)
    {
        var backfill = schedules.MapGroup("/{scheduleId}/backfill");
        backfill.MapPost("/preview", PreviewAsync)
            .Asks(Permission.ChangeTenant)
            .Describe(
                "previewBackfill",
                "Show what filling in the past would run",
                "The occurrences of a range by the cron and zone that the schedule had then, as far as they never started and were not made up for; or, by "
                + "which, those too that failed, or all. 1,000 at most, and no further back than the ledger is kept.")
            .WithExample("""{"from":"2020-03-01T00:00:00Z","to":"2020-03-02T00:00:00Z","which":"missing"}""")
            .Answers<BackfillPreviewJson>(200).Refuses(422);
        backfill.MapPost("", BeginAsync)
            .Asks(Permission.ChangeTenant)
            .Describe(
                "beginBackfill",
                "Fill in the past",
                "Runs what was shown, one after the other, the oldest first and behind whatever is due, with today's endpoint and payload. What ran since, "
                + "or is to run, is left out and listed. A schedule has one backfill at a time.")
            .WithExample("""{"previewToken":"01993a5e-7c1f-7000-8000-000000000000","note":"the bank was down"}""")
            .KeepsAnswer<BackfillOutcome>(Begun)
            .Answers<BackfillJson>(202).CommitsPreview().Refuses(422);
        backfill.MapGet("", GetAsync)
            .Asks(Permission.ReadTenant)
            .Describe(
                "getBackfill",
                "Show how far a backfill is",
                "Its runs are in the ledger, with the trigger backfill. backfill is absent when there is none, or it has ended; last says what became of "
                + "the runs of the latest, also when it has ended.")
            .Answers<CurrentBackfillJson>(200);
        backfill.MapPost("/pause", (string scheduleId, HttpContext context, BackfillOperations backfills) =>
                SteerAsync(context, scheduleId, (scope, id) => backfills.PauseAsync(scope, id, context.Actor(), context.RequestAborted)))
            .Asks(Permission.ChangeTenant)
            .Describe("pauseBackfill", "Have a backfill wait", "A run of it that is under way finishes.")
            .Answers<BackfillJson>(200).Refuses(409);
        backfill.MapPost("/resume", (string scheduleId, HttpContext context, BackfillOperations backfills) =>
                SteerAsync(context, scheduleId, (scope, id) => backfills.ResumeAsync(scope, id, context.Actor(), context.RequestAborted)))
            .Asks(Permission.ChangeTenant)
            .Describe("resumeBackfill", "Have a backfill go on", "409 while the schedule or its install is disabled.")
            .Answers<BackfillJson>(200).Refuses(409);
        backfill.MapDelete("", CancelAsync)
            .Asks(Permission.ChangeTenant)
            .Describe("cancelBackfill", "End a backfill", "A run of it that is under way finishes.")
            .Produces(204).Refuses(409);
    }

    private static async Task<IResult> PreviewAsync(
        string scheduleId, HttpContext context, JsonBody<BackfillPreviewRequest> body, BackfillOperations backfills, TimeProvider time)
    {
        var scope = context.InstalledExtension().Install.Scope;
        if (!ScheduleId.TryParse(scheduleId, out var id))
        {
            return Refusal.NotFound(ScheduleMessages.NotFound);
        }

        var asked = body.Value.ToRange(time.GetUtcNow());
        if (!asked.IsOk)
        {
            return Refusal.Invalid(asked.Problems);
        }

        var range = asked.Value;
        if (await backfills.PreviewAsync(scope, id, range, context.RequestAborted) is not { } result)
        {
            return Refusal.NotFound(ScheduleMessages.NotFound);
        }

        if (!result.IsOk)
        {
            return Refusal.Invalid(result.Problems);
        }

        var shown = new ShownBackfill(range.From, range.To, range.Of, [.. result.Value.Select(o => o.At)]);
        var kept = await context.KeepPreviewAsync(KindOf(id), shown);
        return Answer.Json(new BackfillPreviewJson([.. result.Value.Select(BackfilledOccurrenceJson.Of)], kept));
    }

    private static async Task<IResult> BeginAsync(string scheduleId, HttpContext context, JsonBody<BackfillRequest> body, BackfillOperations backfills)
    {
        if (!ScheduleId.TryParse(scheduleId, out var id))
        {
            return Refusal.NotFound(ScheduleMessages.NotFound);
        }

        var taken = await context.TakePreviewAsync<ShownBackfill>(KindOf(id), body.Value.PreviewToken);
        if (taken.Refusal is not null)
        {
            return taken.Refusal;
        }

        var (scope, shown) = (context.InstalledExtension().Install.Scope, taken.Content!);
        return Begun(context, await backfills.BeginAsync(
            scope, id, shown.Range, shown.Occurrences, body.Value.Note, context.Actor(), context.RequestAborted));
    }

    private static IResult Begun(HttpContext context, BackfillOutcome outcome) => outcome is BackfillOutcome.Done done
        ? Answer.Accepted(context, context.Request.Path, BackfillJson.Of(done.Backfill) with { LeftOut = done.LeftOut })
        : RefusalOf(outcome);

    private static async Task<IResult> GetAsync(string scheduleId, HttpContext context, IScheduleStore store, IWhyStore ledger)
    {
        var scope = context.InstalledExtension().Install.Scope;
        if (!ScheduleId.TryParse(scheduleId, out var id) || await store.GetAsync(scope, id, context.RequestAborted) is not { } schedule)
        {
            return Refusal.NotFound(ScheduleMessages.NotFound);
        }

        var current = schedule.Waiting?.Backfill;
        var last = await ledger.SumBackfillAsync(scope, id, of: null, context.RequestAborted);
        return Answer.Json(new CurrentBackfillJson(
            current is null ? null : BackfillJson.Of(current), last is null ? null : BackfillSummaryJson.Of(last, current)));
    }

    private static Task<IResult> CancelAsync(string scheduleId, HttpContext context, BackfillOperations backfills) => SteerAsync(
        context, scheduleId, (scope, id) => backfills.CancelAsync(scope, id, context.Actor(), context.RequestAborted), _ => TypedResults.NoContent());

    private static async Task<IResult> SteerAsync(
        HttpContext context,
        string scheduleId,
        Func<InstallScope, ScheduleId, ValueTask<BackfillOutcome>> steer,
        Func<Backfill, IResult>? answer = null)
    {
        if (!ScheduleId.TryParse(scheduleId, out var id))
        {
            return Refusal.NotFound(ScheduleMessages.NotFound);
        }

        var outcome = await steer(context.InstalledExtension().Install.Scope, id);
        return outcome is BackfillOutcome.Done { Backfill: var backfill }
            ? answer?.Invoke(backfill) ?? Answer.Json(BackfillJson.Of(backfill))
            : RefusalOf(outcome);
    }

    private static ProblemResult RefusalOf(BackfillOutcome outcome) => outcome switch
    {
        BackfillOutcome.NotFound => Refusal.NotFound(ScheduleMessages.NotFound),
        BackfillOutcome.NoBackfill => Refusal.Conflict("no-backfill", "No backfill", outcome.Refusal!),
        BackfillOutcome.AlreadyOpen => Refusal.Conflict("backfill-open", "A backfill is open", outcome.Refusal!),
        BackfillOutcome.InstallDisabled => Refusal.Conflict("install-disabled", "Install disabled", $"{outcome.Refusal}; enable it first"),
        BackfillOutcome.ScheduleDisabled => Refusal.Conflict("schedule-disabled", "Schedule disabled", $"{outcome.Refusal}; enable it first"),
        BackfillOutcome.NothingLeft => Refusal.Conflict("nothing-left", "Nothing is left", $"{outcome.Refusal}; ask for another preview"),
        BackfillOutcome.Invalid invalid => Refusal.Invalid([invalid.Problem]),
        _ => throw new InvalidOperationException($"Not a refusal of a backfill: {outcome}"),
    };

    // With the schedule, so that a preview is as unknown to another as one that never was, and is not used up by it.
    private static string KindOf(ScheduleId schedule) => $"backfill {schedule}";
}
