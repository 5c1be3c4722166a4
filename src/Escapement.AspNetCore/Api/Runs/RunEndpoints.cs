using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Problems;
using Escapement.Runs;
using Escapement.Scheduling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Escapement.AspNetCore.Api.Runs;

/// <summary>The run ledger: what ran, what did not, and why.</summary>
internal static class RunEndpoints
{
    private const string NoSuchRun = "This tenant has no such run";

    public static void MapRuns(this RouteGroupBuilder tenant)
    {
        var runs = tenant.MapGroup("/runs").WithTags("Runs");
        runs.MapGet("", ListAsync)
            .Asks(Permission.ReadTenant)
            .Describe(
                "listRuns",
                "List a tenant's runs",
                "Newest first by due time. Filters: state, installId, scheduleId; also of what was uninstalled or deleted.")
            .Answers<Page<RunJson>>(200);
        runs.MapGet("/{runId}", GetAsync)
            .Asks(Permission.ReadTenant)
            .Describe("getRun", "Show a run", "With its attempts, what the guest logged, and a sentence that says what became of it.")
            .Answers<RunJson>(200).Refuses(404);
        runs.MapPost("/{runId}/rerun", RerunAsync)
            .Asks(Permission.ChangeTenant)
            .Describe(
                "repeatRun",
                "Run an ended run again",
                "A new run of the same schedule with the payload that the run had, which the extension is told the run's own due time. "
                + "409 as for run-now, and for a run that is open, never started, or whose schedule or payload is gone.")
            .WithExample("""{"note":"the bank's service is back"}""")
            .Answers<RunJson>(202).Refuses(404, 409, 422);
    }

    /// <summary>Where a run is shown.</summary>
    public static string PathOf(Run run, EscapementOptions options) => $"{options.ApiRoot}/tenants/{run.Scope.Tenant}/runs/{run.Id}";

    public static Task<IResult> ListOfScheduleAsync(
        string scheduleId, HttpContext context, IRunStore store, [FromQuery] string? state, [FromQuery] string? cursor, [FromQuery] string? limit) =>
        ScheduleId.TryParse(scheduleId, out var id)
            ? QueryAsync(context, store, context.InstalledExtension().Install.Scope.Install, id, state, cursor, limit)
            : Task.FromResult<IResult>(Refusal.NotFound(ScheduleMessages.NotFound));

    private static Task<IResult> ListAsync(
        HttpContext context,
        IRunStore store,
        [FromQuery] string? state,
        [FromQuery] string? installId,
        [FromQuery] string? scheduleId,
        [FromQuery] string? cursor,
        [FromQuery] string? limit)
    {
        Guid install = default, schedule = default;
        if (installId is not null && !Ids.TryParse(installId, out install))
        {
            return Task.FromResult<IResult>(Refusal.BadRequest("installId", "installId must be an install's id"));
        }

        if (scheduleId is not null && !Ids.TryParse(scheduleId, out schedule))
        {
            return Task.FromResult<IResult>(Refusal.BadRequest("scheduleId", "scheduleId must be a schedule's id"));
        }

        return QueryAsync(
            context, store, installId is null ? null : new InstallId(install), scheduleId is null ? null : new ScheduleId(schedule), state, cursor, limit);
    }

    private static async Task<IResult> QueryAsync(
        HttpContext context, IRunStore store, InstallId? install, ScheduleId? schedule, string? state, string? cursor, string? limit)
    {
        RunState? wanted = null;
        if (state is not null)
        {
            if (!RunStateWords.TryParse(state, out var parsed))
            {
                return Refusal.BadRequest("state", $"state must be one of {RunStateWords.All}");
            }

            wanted = parsed;
        }

        if (!Paging.TryCursor(cursor, out var after, out var refusal) || !Paging.TryLimit(limit, out var count, out refusal))
        {
            return refusal!;
        }

        var before = after is { } last ? new RunCursor(last.At, new RunId(last.Id)) : null;
        var rows = await store.ListAsync(new RunQuery(context.Tenant(), install, schedule, wanted, before, count + 1), context.RequestAborted);
        var versions = await RunVersions.OfAsync(context, rows);
        return Answer.Json(Paging.Page(rows, count, r => RunJson.Of(r, versions), r => new PageCursor(r.DueAt, r.Id.Value)));
    }

    private static async Task<IResult> RerunAsync(
        string runId, HttpContext context, OptionalJsonBody<AskedRunRequest> body, RunOperations runs, EscapementOptions options)
    {
        var outcome = await runs.RerunAsync(context.Tenant(), runId, context.Actor(), body.Value.Note, context.RequestAborted);
        return AskedRunAnswer.Of(context, outcome, options, NoSuchRun);
    }

    private static async Task<IResult> GetAsync(string runId, HttpContext context, IRunStore store) =>
        Ids.TryParse(runId, out var id) && await store.GetAsync(context.Tenant(), new RunId(id), context.RequestAborted) is { } run
            ? Answer.Json(RunJson.WithEvidence(run, await RunVersions.OfAsync(context, run)))
            : Refusal.NotFound(NoSuchRun);
}
