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
    private const string OfARange =
        " skipped, missed or given up in a range, and what pauses hold now, by cause: how many occurrences of how many schedules, a "
        + "sentence in UTC, and what to do. to is now when it is absent, from a day earlier; at most 31 days. A stretch counts where its row stands: "
        + "what was missed at its first occurrence, what was paused at its last. An answer is of the latest 250 rows, and the first also of "
        + "1,000 held schedules; nextCursor goes on from there. With failed=true the first is of the latest 250 scheduled runs that failed, too, by version "
        + "and how.";

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
            .Describe("whyTenant", "Say what a tenant should have run and did not", "Everything that was" + OfARange)
            .Answers<NotRunJson>(200).Refuses(400);
    }

    /// <summary>Of all tenants, for those who have them.</summary>
    public static void MapWhyOfAll(this RouteGroupBuilder api) => api.MapGet("/why", ListOfAllAsync).WithTags("Runs")
        .Asks(Permission.ReadNode)
        .Describe("whyAll", "Say what all tenants should have run and did not", "Everything of any tenant that was" + OfARange)
        .Answers<NotRunJson>(200).Refuses(400);

    private static Task<IResult> ListAsync(HttpContext context, NotRunFinder finder, TimeProvider time, [AsParameters] NotRunParameters asked) =>
        AnswerAsync(context, finder, time, asked, context.Tenant());

    private static Task<IResult> ListOfAllAsync(HttpContext context, NotRunFinder finder, TimeProvider time, [AsParameters] NotRunParameters asked) =>
        AnswerAsync(context, finder, time, asked, tenant: null);

    private static async Task<IResult> AnswerAsync(
        HttpContext context, NotRunFinder finder, TimeProvider time, NotRunParameters asked, TenantId? tenant)
    {
        var query = new ListQuery();
        var end = query.Instant("to", asked.To) ?? time.GetUtcNow();
        var begin = query.Instant("from", asked.From) ?? end.AddDays(-1);
        var withFailed = query.Flag("failed", asked.Failed) ?? false;
        var after = query.Cursor(asked.Cursor) is { } last ? new RunCursor(last.At, new RunId(last.Id)) : null;
        if (query.Refusal is { } refusal)
        {
            return refusal;
        }

        return begin >= end || end - begin > NotRunFinder.Longest
            ? Refusal.BadRequest("from", "from must be earlier than to, by 31 days at most")
            : Answer.Json(NotRunJson.Of(await finder.FindAsync(tenant, begin, end, after, withFailed, context.RequestAborted)));
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

/// <summary>What is asked of a range.</summary>
internal sealed record NotRunParameters
{
    [FromQuery(Name = "from")]
    public string? From { get; init; }

    [FromQuery(Name = "to")]
    public string? To { get; init; }

    [FromQuery(Name = "failed")]
    public string? Failed { get; init; }

    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }
}
