using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Problems;
using Escapement.Foresight;
using Escapement.Scheduling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escapement.AspNetCore.Api.Schedules;

/// <summary>What an expression and a zone would mean, before somebody chooses them.</summary>
internal static class SchedulePreviewEndpoints
{
    public static void MapSchedulePreview(this RouteGroupBuilder schedules) => schedules.MapPost("/preview", PreviewAsync)
        .Asks(Permission.ReadTenant)
        .Describe(
            "previewSchedule",
            "Preview times",
            "Changes nothing. The verdict on an expression, what it means in words, its next occurrences with what the clocks do to them, and how full "
            + "their minute is. With scheduleId also what it would change of that schedule in the next 30 days; absent fields are the schedule's. "
            + "after: the occurrences after that, in place of now.")
        .WithExample("""{"cron":"30 2 * * *","timezone":"America/New_York"}""")
        .Answers<SchedulePreviewJson>(200);

    private static async Task<IResult> PreviewAsync(HttpContext context, JsonBody<SchedulePreviewRequest> body, IScheduleStore store, ChangePreview preview)
    {
        var (cron, timezone, scheduleId, after) = body.Value;
        if (after is { } from && !ListQuery.IsWithinReach(from))
        {
            return Refusal.BadRequest("after", "after must be an instant from 1970 and before the year 9000");
        }

        Schedule? current = null;
        if (scheduleId is not null)
        {
            current = ScheduleId.TryParse(scheduleId, out var id)
                ? await store.GetAsync(context.InstalledExtension().Install.Scope, id, context.RequestAborted)
                : null;
            if (current is null)
            {
                return Refusal.NotFound(ScheduleMessages.NotFound);
            }
        }

        var foreseen = await preview.LookAsync(
            context.Tenant(), cron ?? current?.Cron, timezone ?? current?.TimeZone, current, after, context.RequestAborted);
        return Answer.Json(SchedulePreviewJson.Of(foreseen, timezone));
    }
}

/// <summary>What is to be previewed.</summary>
/// <param name="Cron">The expression.</param>
/// <param name="Timezone">The zone; absent for UTC.</param>
/// <param name="ScheduleId">The schedule that it is for; absent for a new one.</param>
/// <param name="After">The instant after which the occurrences lie that are shown; absent for now.</param>
internal sealed record SchedulePreviewRequest(string? Cron = null, string? Timezone = null, string? ScheduleId = null, DateTimeOffset? After = null);
