using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Problems;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Why;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Escapement.AspNetCore.Api.Why;

/// <summary>Why something ran, did not, will or will not.</summary>
internal static class WhyEndpoints
{
    public static void MapWhy(this RouteGroupBuilder tenant)
    {
        // Not below the group of an install, which knows none that is uninstalled: its schedules are asked about too.
        tenant.MapGet("/installs/{installId}/schedules/{scheduleId}/why", GetAsync).WithTags("Schedules")
            .Asks(Permission.ReadTenant)
            .Describe(
                "whySchedule",
                "Say why a schedule ran at an instant, or did not",
                "For any instant, past or to come: what became of it, or will as things stand, in a sentence in the schedule's own zone, with its causes, the "
                + "nearest first, and what to do next. at is the latest occurrence that is due when it is absent. Also of what was deleted or uninstalled.")
            .Answers<WhyJson>(200).Refuses(400, 404);
        tenant.MapGet("/why", ListAsync).WithTags("Runs")
            .Asks(Permission.ReadTenant)
            .Describe(
                "whyTenant",
                "Say what a tenant should have run and did not",
                "Everything that was skipped, missed or given up in a range, and what pauses hold now, by cause: how many occurrences of how many schedules, a "
                + "sentence in UTC, and what to do. to is now when it is absent, from a day earlier; at most 31 days. A stretch counts where its row stands: "
                + "what was missed at its first occurrence, what was paused at its last. An answer is of the latest 250 rows, and the first also of "
                + "1,000 held schedules; nextCursor goes on from there.")
            .Answers<NotRunJson>(200).Refuses(400);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        NotRunFinder finder,
        TimeProvider time,
        [FromQuery] string? from = null,
        [FromQuery] string? to = null,
        [FromQuery] string? cursor = null)
    {
        var asked = new ListQuery();
        var end = asked.Instant("to", to) ?? time.GetUtcNow();
        var begin = asked.Instant("from", from) ?? end.AddDays(-1);
        if (asked.Refusal is { } refusal)
        {
            return refusal;
        }

        if (begin >= end || end - begin > NotRunFinder.Longest)
        {
            return Refusal.BadRequest("from", "from must be earlier than to, by 31 days at most");
        }

        return Paging.TryCursor(cursor, out var place, out var wrong)
            ? Answer.Json(NotRunJson.Of(await finder.FindAsync(
                context.Tenant(), begin, end, place is { } last ? new RunCursor(last.At, new RunId(last.Id)) : null, context.RequestAborted)))
            : wrong!;
    }

    private static async Task<IResult> GetAsync(
        string installId, string scheduleId, HttpContext context, WhyFinder why, [FromQuery(Name = "at")] string? at = null)
    {
        var asked = new ListQuery();
        var instant = asked.Instant("at", at);
        if (asked.Refusal is { } refusal)
        {
            return refusal;
        }

        return Ids.TryParse(installId, out var install) && ScheduleId.TryParse(scheduleId, out var schedule)
            && await why.FindAsync(new InstallScope(context.Tenant(), new InstallId(install)), schedule, instant, context.RequestAborted) is { } answer
            ? Answer.Json(WhyJson.Of(answer))
            : Refusal.NotFound(ScheduleMessages.NotFound);
    }
}
