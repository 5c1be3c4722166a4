using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Problems;
using Escapement.Scheduling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escapement.AspNetCore.Api.Schedules;

/// <summary>Skipping one occurrence ahead of time, and taking that back.</summary>
internal static class SkipEndpoints
{
    public static void MapSkips(this RouteGroupBuilder schedules)
    {
        schedules.MapPost("/{scheduleId}/skips", SkipAsync)
            .Asks(Permission.ChangeTenant)
            .Describe(
                "skipOccurrence",
                "Skip one occurrence that is to come",
                "It becomes a skipped row of the ledger when it is due. An edit that moves the schedule's times makes the skip void, which its voidedAt shows.")
            .WithExample("""{"at":"2030-03-02T09:00:00Z","note":"the bank is closed"}""")
            .ShowsSchedules()
            .KeepsAnswer<ScheduleChange>(Changed)
            .Answers<ScheduleJson>(200).Refuses(409, 422);
        schedules.MapDelete("/{scheduleId}/skips/{at}", TakeBackAsync)
            .Asks(Permission.ChangeTenant)
            .Describe("takeSkipBack", "Take a skip back", "Until its occurrence is due; 409 from then on.")
            .ShowsSchedules()
            .Answers<ScheduleJson>(200).Refuses(400, 409);
    }

    private static async Task<IResult> SkipAsync(string scheduleId, HttpContext context, JsonBody<SkipRequest> body, SkipOperations skips)
    {
        var scope = context.InstalledExtension().Install.Scope;
        return Changed(context, await skips.SkipAsync(scope, scheduleId, body.Value.At, body.Value.Note, context.Actor(), context.RequestAborted));
    }

    private static async Task<IResult> TakeBackAsync(string scheduleId, string at, HttpContext context, SkipOperations skips)
    {
        var scope = context.InstalledExtension().Install.Scope;
        return Timestamps.TryParse(at, out var occurrence)
            ? Changed(context, await skips.TakeBackAsync(scope, scheduleId, occurrence, context.Actor(), context.RequestAborted))
            : Refusal.BadRequest("at", "The occurrence must be an instant, such as 2030-03-02T09:00:00Z");
    }

    private static IResult Changed(HttpContext context, ScheduleChange change) =>
        change.Schedule is { } changed ? Answer.Json(context.Show(changed)) : ScheduleRefusal.Of(context, change);
}

/// <summary>An occurrence to skip.</summary>
/// <param name="At">The occurrence, exactly.</param>
/// <param name="Note">Why: 1 to 512 characters.</param>
internal sealed record SkipRequest(DateTimeOffset? At = null, string? Note = null);
