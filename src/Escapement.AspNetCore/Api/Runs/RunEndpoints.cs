using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Problems;
using Escapement.Listing;
using Escapement.Runs;
using Escapement.Scheduling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

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
                RunListParameters.Description)
            .Answers<Page<RunJson>>(200);
        runs.MapGet("/{runId}", GetAsync)
            .Asks(Permission.ReadTenant)
            .Describe(
                "getRun",
                "Show a run",
                "With its attempts, what it asked, what the guest logged, and a sentence that says what became of it. While it runs, the node that carries it "
                + "out has what it logged so far.")
            .Answers<RunJson>(200).Refuses(404);
        runs.MapPost("/{runId}/rerun", RerunAsync)
            .Asks(Permission.ChangeTenant)
            .Describe(
                "repeatRun",
                "Run an ended run again",
                "A new run of the same schedule with the payload that the run had, which the extension is told the run's own due time. "
                + "409 as for run-now, and for a run that is open, never started, or whose schedule or payload is gone.")
            .WithExample("""{"note":"the bank's service is back"}""")
            .KeepsAnswer<RunNowOutcome>(Queued)
            .Answers<RunJson>(202).Refuses(404, 409, 422);
    }

    /// <summary>Of all tenants, for those who have them.</summary>
    public static void MapAllRuns(this RouteGroupBuilder api)
    {
        api.MapGet("/open-runs", ListOpenAsync).WithTags("Runs")
            .Asks(Permission.ReadNode)
            .Describe("listOpenRuns", "List all tenants' open runs", "Those that are running or queued, the latest opened first.")
            .Answers<Page<RunJson>>(200);
        api.MapGet("/runs/{runId}", GetOfAllAsync).WithTags("Runs")
            .Asks(Permission.ReadNode)
            .Describe("getAnyRun", "Show a run of any tenant", "As its tenant's: for those who have nothing but its id.")
            .Answers<RunJson>(200).Refuses(404);
        api.MapGet("/ended-runs", ListEndedAsync).WithTags("Runs")
            .Asks(Permission.ReadNode)
            .Describe("listEndedRuns", "List all tenants' ended runs", RunListParameters.DescriptionOfAll)
            .Answers<Page<RunJson>>(200);
    }

    /// <summary>Where a run is shown.</summary>
    public static string PathOf(Run run, EscapementOptions options) => $"{options.ApiRoot}/tenants/{run.Scope.Tenant}/runs/{run.Id}";

    public static async Task<IResult> ListOfScheduleAsync(
        string scheduleId, HttpContext context, IRunStore store, [AsParameters] RunListParameters asked, [AsParameters] RunReachParameters reach)
    {
        if (!ScheduleId.TryParse(scheduleId, out var id))
        {
            return Refusal.NotFound(ScheduleMessages.NotFound);
        }

        var query = new ListQuery();
        var wanted = asked.Read(query, context.Tenant(), context.InstalledExtension().Install.Scope.Install, id);
        return await AnswerAsync(context, store, query, reach.Read(query, wanted));
    }

    private static Task<IResult> ListAsync(
        HttpContext context,
        IRunStore store,
        [AsParameters] RunPlaceParameters place,
        [AsParameters] RunListParameters asked,
        [AsParameters] RunReachParameters reach)
    {
        var query = new ListQuery();
        var (install, schedule) = place.Read(query);
        return AnswerAsync(context, store, query, reach.Read(query, asked.Read(query, context.Tenant(), install, schedule)));
    }

    private static Task<IResult> ListEndedAsync(HttpContext context, IRunStore store, [AsParameters] RunListParameters asked)
    {
        var query = new ListQuery();
        return AnswerAsync(context, store, query, asked.Read(query, tenant: null, install: null, schedule: null));
    }

    private static async Task<IResult> AnswerAsync(HttpContext context, IRunStore store, ListQuery query, RunQuery wanted)
    {
        if (query.Refusal is { } refusal)
        {
            return refusal;
        }

        var page = await store.ListAsync(wanted, context.RequestAborted);
        var names = await RunNames.OfAsync(context, page.Runs);
        return Answer.Json(new Page<RunJson>(
            [.. page.Runs.Select(r => RunJson.Of(r, names))],
            page.Next is { } next ? Paging.Write(new PageCursor(next.DueAt, next.Id.Value)) : null));
    }

    private static async Task<IResult> ListOpenAsync(HttpContext context, IRunStore store, [FromQuery] string? cursor, [FromQuery] string? limit)
    {
        var query = new ListQuery();
        var (before, count) = (query.Cursor(cursor), query.Limit(limit));
        if (query.Refusal is { } refusal)
        {
            return refusal;
        }

        var runs = await store.ListOpenAsync(before?.Id ?? Guid.AllBitsSet, count + 1, context.RequestAborted);
        var names = await RunNames.OfAsync(context, runs);
        return Answer.Json(Paging.Page(runs, count, r => RunJson.Of(r, names), r => new PageCursor(r.DueAt, r.Id.Value)));
    }

    private static async Task<IResult> RerunAsync(string runId, HttpContext context, OptionalJsonBody<AskedRunRequest> body, RunOperations runs) =>
        Queued(context, await runs.RerunAsync(context.Tenant(), runId, context.Actor(), body.Value.Note, context.RequestAborted));

    private static IResult Queued(HttpContext context, RunNowOutcome outcome) => AskedRunAnswer.Of(context, outcome, NoSuchRun);

    private static Task<IResult> GetAsync(string runId, HttpContext context, IRunStore store) => GetOfAsync(context.Tenant(), runId, context, store);

    private static async Task<IResult> GetOfAllAsync(string runId, HttpContext context, IScheduleListStore lists, IRunStore store) =>
        Ids.TryParse(runId, out var id) && await lists.FindIdAsync(tenant: null, id, context.RequestAborted) is { Run: not null } found
            ? await GetOfAsync(found.Scope.Tenant, runId, context, store)
            : Refusal.NotFound("There is no such run");

    private static async Task<IResult> GetOfAsync(TenantId tenant, string runId, HttpContext context, IRunStore store) =>
        Ids.TryParse(runId, out var id) && await store.GetAsync(tenant, new RunId(id), context.RequestAborted) is { } run
            ? Answer.Json(RunJson.WithEvidence(
                SoFar(run, context),
                await RunNames.OfAsync(context, run),
                await context.RequestServices.GetRequiredService<RunRequests>().OfAsync(run, context.RequestAborted)))
            : Refusal.NotFound(NoSuchRun);

    // What it has logged is in the ledger once the attempt has ended; before that the node that carries it out has it.
    private static Run SoFar(Run run, HttpContext context) =>
        run.State == RunState.Running && context.RequestServices.GetRequiredService<RunLogs>().Of(run.Id) is { Count: > 0 } lines
            ? run with { Evidence = run.Evidence with { Log = lines } }
            : run;
}
