using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Api.Runs;
using Escapement.AspNetCore.Problems;
using Escapement.Listing;
using Escapement.Runs;
using Escapement.Scheduling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escapement.AspNetCore.Api.Schedules;

/// <summary>An install's schedules, by the same rules as the host API (contract section 3), and run-now, which is the admin's alone.</summary>
internal static class ScheduleEndpoints
{
    public static void MapSchedules(this RouteGroupBuilder install)
    {
        var schedules = install.MapGroup("/schedules").WithTags("Schedules");
        schedules.MapGet("", ListAsync)
            .Asks(Permission.ReadTenant)
            .Describe(
                "listSchedules",
                "List an install's schedules",
                $"{ScheduleLists.Description} Here sort takes lastRun and -lastRun too: what ran last first, and last.")
            .Answers<Page<ScheduleJson>>(200);
        schedules.MapPost("", CreateAsync)
            .Asks(Permission.ChangeTenant)
            .Describe("createSchedule", "Create a schedule", "Every wrong field is named at once, in errors.")
            .WithExample("""
                {"endpoint":"POST /api/sync","cron":"0 9 * * 1-5","timezone":"America/New_York","name":"Morning sync","payload":"{\"full\":false}"}
                """)
            .ShowsSchedules()
            .KeepsAnswer<ScheduleChange>(Created)
            .Answers<ScheduleJson>(201).Refuses(409, 422, 429);
        schedules.MapSchedulePreview();
        schedules.MapGet("/{scheduleId}", GetAsync)
            .Asks(Permission.ReadTenant)
            .Describe("getSchedule", "Show a schedule")
            .ShowsSchedules()
            .Answers<ScheduleJson>(200);
        schedules.MapPatch("/{scheduleId}", UpdateAsync)
            .Asks(Permission.ChangeTenant)
            .Describe("updateSchedule", "Change a schedule", "Absent fields stay. A new cron, time zone or enabling counts from now and never fires at once.")
            .WithExample("""{"cron":"30 9 * * 1-5","enabled":true}""")
            .ShowsSchedules()
            .TakesIfMatch()
            .Answers<ScheduleJson>(200).Refuses(409, 422, 429);
        schedules.MapDelete("/{scheduleId}", DeleteAsync)
            .Asks(Permission.ChangeTenant)
            .Describe("deleteSchedule", "Delete a schedule", "A run under way finishes; nothing fires after the answer.")
            .ShowsSchedules()
            .TakesIfMatch()
            .Produces(204).Refuses(429);
        schedules.MapPost("/{scheduleId}/run-now", RunNowAsync)
            .Asks(Permission.ChangeTenant)
            .Describe(
                "runScheduleNow",
                "Run a schedule now",
                "Queued beside the schedule's rhythm, disabled schedules too. "
                + "409 while a run of the schedule is open, with its runId, while the install is disabled, or while the tenant or the host is paused.")
            .WithExample("""{"note":"the customer asked for it"}""")
            .KeepsAnswer<RunNowOutcome>(Queued)
            .Answers<RunJson>(202).Refuses(409, 422);
        schedules.MapSchedulePauses();
        schedules.MapSkips();
        schedules.MapDefinitions();
        schedules.MapBackfills();
        schedules.MapGet("/{scheduleId}/runs", RunEndpoints.ListOfScheduleAsync)
            .Asks(Permission.ReadTenant)
            .Describe("listScheduleRuns", "List a schedule's runs", "Newest first by due time; also of a schedule that was deleted.")
            .Answers<Page<RunJson>>(200);
    }

    private static Task<IResult> ListAsync(
        HttpContext context,
        ScheduleListing listing,
        TimeProvider time,
        [AsParameters] ScheduleFilterParameters filter,
        [AsParameters] ScheduleListParameters asked)
    {
        var scope = context.InstalledExtension().Install.Scope;
        return ScheduleLists.ListAsync(
            context,
            listing,
            (filter, asked),
            new ListScope(scope.Tenant, scope.Install),
            time,
            (listed, outcomes) => ScheduleJson.Of(listed.Schedule, listed.Pauses, outcomes));
    }

    private static async Task<IResult> GetAsync(string scheduleId, HttpContext context, IScheduleStore store) =>
        ScheduleId.TryParse(scheduleId, out var id)
            && await store.GetAsync(context.InstalledExtension().Install.Scope, id, context.RequestAborted) is { } found
            ? Answer.Json(context.Show(found))
            : Refusal.NotFound(ScheduleMessages.NotFound);

    private static async Task<IResult> CreateAsync(HttpContext context, JsonBody<ScheduleRequest> body, ScheduleOperations operations)
    {
        var (install, version) = context.InstalledExtension();
        return Created(
            context, await operations.CreateAsync(install.Scope, version.Endpoints, body.Value.ToInput(), context.Actor(), context.RequestAborted));
    }

    private static IResult Created(HttpContext context, ScheduleChange change) => change.Schedule is { } created
        ? Answer.Created(context, $"{context.Request.Path}/{created.Id}", context.Show(created))
        : ScheduleRefusal.Of(context, change);

    private static async Task<IResult> UpdateAsync(string scheduleId, HttpContext context, JsonBody<ScheduleRequest> body, ScheduleOperations operations)
    {
        var (install, version) = context.InstalledExtension();
        var change = await operations.UpdateAsync(
            install.Scope, version.Endpoints, scheduleId, body.Value.ToInput(), context.Actor(), context.ExpectedSchedule(), context.RequestAborted);
        return change.Schedule is { } changed ? Answer.Json(context.Show(changed)) : ScheduleRefusal.Of(context, change);
    }

    private static async Task<IResult> DeleteAsync(string scheduleId, HttpContext context, ScheduleOperations operations)
    {
        var change = await operations.DeleteAsync(
            context.InstalledExtension().Install.Scope, scheduleId, context.Actor(), context.ExpectedSchedule(), context.RequestAborted);
        return change.IsDone ? TypedResults.NoContent() : ScheduleRefusal.Of(context, change);
    }

    private static async Task<IResult> RunNowAsync(
        string scheduleId, HttpContext context, OptionalJsonBody<AskedRunRequest> body, RunOperations runs)
    {
        var scope = context.InstalledExtension().Install.Scope;
        return Queued(context, await runs.RunNowAsync(scope, scheduleId, context.Actor(), body.Value.Note, context.RequestAborted));
    }

    private static IResult Queued(HttpContext context, RunNowOutcome outcome) => AskedRunAnswer.Of(context, outcome, ScheduleMessages.NotFound);
}
