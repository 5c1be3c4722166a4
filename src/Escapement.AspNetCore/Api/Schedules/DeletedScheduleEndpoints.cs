using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Problems;
using Escapement.Scheduling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Escapement.AspNetCore.Api.Schedules;

/// <summary>Schedules that were deleted, for as long as they can be restored.</summary>
internal static class DeletedScheduleEndpoints
{
    public static void MapDeletedSchedules(this RouteGroupBuilder install)
    {
        var deleted = install.MapGroup("/deleted-schedules").WithTags("Schedules");
        deleted.MapGet("", ListAsync)
            .Asks(Permission.ReadTenant)
            .Describe("listDeletedSchedules", "List the deleted schedules that can be restored", "The latest first.")
            .ShowsSchedules()
            .Answers<Page<DeletedScheduleJson>>(200);
        deleted.MapPost("/{scheduleId}/restore", RestoreAsync)
            .Asks(Permission.ChangeTenant)
            .Describe(
                "restoreSchedule",
                "Restore a deleted schedule",
                "With its id; it counts from now. 409 if the install has its full number of schedules, the version lacks its endpoint, or its name is taken: "
                + "then name gives it another.")
            .WithExample("""{"name":"Morning sync, restored"}""")
            .ShowsSchedules()
            .KeepsAnswer<ScheduleChange>(Restored)
            .Answers<ScheduleJson>(200).Refuses(409, 422);
        deleted.MapDelete("/{scheduleId}", PurgeAsync)
            .Asks(Permission.ChangeTenant)
            .Describe("purgeSchedule", "Remove a deleted schedule for good", "Its runs stay in the ledger.")
            .ShowsSchedules()
            .Produces(204);
    }

    private static async Task<IResult> ListAsync(HttpContext context, RemovedSchedules removed, [FromQuery] string? cursor, [FromQuery] string? limit)
    {
        var query = new ListQuery();
        var behind = query.Cursor(cursor) is { } last ? new RemovedScheduleCursor(last.At, new ScheduleId(last.Id)) : null;
        var count = query.Limit(limit);
        if (query.Refusal is { } refusal)
        {
            return refusal;
        }

        var found = await removed.ListAsync(context.InstalledExtension().Install.Scope, behind, count + 1, context.RequestAborted);
        return Answer.Json(Paging.Page(
            found,
            count,
            s => DeletedScheduleJson.Of(s, context.PausesOver(s.Schedule), removed.Until(s.RemovedAt)),
            s => new PageCursor(s.RemovedAt, s.Schedule.Id.Value)));
    }

    private static async Task<IResult> RestoreAsync(string scheduleId, HttpContext context, JsonBody<RestoreScheduleRequest> body, RemovedSchedules removed)
    {
        var scope = context.InstalledExtension().Install.Scope;
        var change = await removed.RestoreAsync(scope, scheduleId, body.Value.Name, context.Actor(), context.RequestAborted);
        return Restored(context, change);
    }

    private static IResult Restored(HttpContext context, ScheduleChange change) =>
        change.Schedule is { } restored ? Answer.Json(context.Show(restored)) : Refuse(context, change);

    private static async Task<IResult> PurgeAsync(string scheduleId, HttpContext context, RemovedSchedules removed)
    {
        var change = await removed.PurgeAsync(context.InstalledExtension().Install.Scope, scheduleId, context.Actor(), context.RequestAborted);
        return change.IsDone ? TypedResults.NoContent() : ScheduleRefusal.Of(context, change);
    }

    // What stands in its way is what is stored, not what was sent.
    private static ProblemResult Refuse(HttpContext context, ScheduleChange change) => change switch
    {
        { Kind: ScheduleChangeKind.Invalid, Error: ScheduleMessages.NameTaken } =>
            Refusal.Conflict("name-taken", "The name is taken", "Another schedule has its name meanwhile; send name with another one"),
        { Kind: ScheduleChangeKind.Invalid, FieldErrors: { } fields } when fields.TryGetValue("endpoint", out var gone) =>
            Refusal.Conflict("endpoint-gone", "Its endpoint is gone", gone),
        _ => ScheduleRefusal.Of(context, change),
    };
}
