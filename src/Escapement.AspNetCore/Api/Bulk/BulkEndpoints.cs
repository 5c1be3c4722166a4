using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Api.Pauses;
using Escapement.AspNetCore.Api.Schedules;
using Escapement.AspNetCore.Problems;
using Escapement.Bulk;
using Escapement.Listing;
using Escapement.Previews;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Escapement.AspNetCore.Api.Bulk;

/// <summary>Changing many schedules of a tenant: shown first, then begun as it was shown; progress, cancelling, and taking it back as one.</summary>
internal static class BulkEndpoints
{
    private const string Token = """{"previewToken":"01993a5e-7c1f-7000-8000-000000000000"}""";

    public static void MapBulk(this RouteGroupBuilder tenant)
    {
        tenant.MapPost("/schedules/bulk/preview", PreviewAsync).WithTags("Bulk")
            .Asks(Permission.ChangeTenant)
            .Describe(
                "previewBulkChange",
                "Show what a change of many schedules would do",
                "Which schedules: the filters of the list of schedules, and ids; without any, all of the tenant's. Those that are so already, and those "
                + $"that an operator paused, are left out and listed. It looks at {BulkChange.MostLookedAt} at most, and changes {BulkChange.Most} at most.")
            .WithExample("""{"action":"pause","note":"database move","until":"2030-03-02T10:15:00Z"}""")
            .Answers<BulkPreviewJson>(200).Refuses(422);
        tenant.MapPost("/schedules/bulk", BeginAsync).WithTags("Bulk")
            .Asks(Permission.ChangeTenant)
            .Describe(
                "beginBulkChange",
                "Change many schedules",
                "Begins what was shown; the answer says where to look how far it is. What changed since it was shown is left out and listed. A tenant has "
                + "one at a time: 409 bulk-under-way. It takes nothing of the installs' rate limits.")
            .WithExample(Token)
            .KeepsAnswer<BulkOutcome>(Begun)
            .Answers<BulkJson>(202).CommitsPreview();
        var changes = tenant.MapGroup("/bulk-changes").WithTags("Bulk");
        changes.MapGet("", ListAsync)
            .Asks(Permission.ReadTenant)
            .Describe("listBulkChanges", "List a tenant's changes of many schedules", "Newest first; for seven days after they ended.")
            .Answers<Page<BulkJson>>(200);
        changes.MapGet("/{bulkId}", (string bulkId, HttpContext context, BulkOperations bulk) => WithAsync(
                context, bulk, bulkId, change => new(Answer.Json(BulkJson.Of(change)))))
            .Asks(Permission.ReadTenant)
            .Describe("getBulkChange", "Show how far a change of many schedules is")
            .Answers<BulkJson>(200).Refuses(404);
        changes.MapGet("/{bulkId}/left-out", ListLeftOutAsync)
            .Asks(Permission.ReadTenant)
            .Describe("listBulkLeftOut", "List what a change of many schedules left out", "So far, with why.")
            .Answers<Page<LeftOutJson>>(200).Refuses(404);
        changes.MapPost("/{bulkId}/cancel", CancelAsync)
            .Asks(Permission.ChangeTenant)
            .Describe(
                "cancelBulkChange",
                "End a change of many schedules",
                "What was done by then stays, and can be taken back. 409 if it has ended, or if an operator began it and the caller is none.")
            .Answers<BulkJson>(200).Refuses(404, 409);
        changes.MapPost("/{bulkId}/undo/preview", PreviewUndoAsync)
            .Asks(Permission.ChangeTenant)
            .Describe(
                "previewUndoBulkChange",
                "Show what taking a change of many back would do",
                "What is not as the change left it is left out and listed. 409 as long as the change goes on, and if it changed nothing.")
            .Answers<BulkUndoPreviewJson>(200).Refuses(404, 409);
        changes.MapPost("/{bulkId}/undo", UndoAsync)
            .Asks(Permission.ChangeTenant)
            .Describe(
                "undoBulkChange",
                "Take a change of many schedules back",
                "As one: a change of many in turn, with progress, which can be taken back as well. Schedules that are not as the change left them are left "
                + "out and listed.")
            .WithExample(Token)
            .KeepsAnswer<BulkOutcome>(Begun)
            .Answers<BulkJson>(202).CommitsPreview();
    }

    private static async Task<IResult> PreviewAsync(
        HttpContext context,
        JsonBody<BulkRequest> body,
        BulkOperations bulk,
        IScheduleListStore schedules,
        TimeProvider time,
        [AsParameters] ScheduleFilterParameters filter)
    {
        var query = new ListQuery();
        var wanted = filter.Read(query, time.GetUtcNow());
        if (query.Refusal is { } wrong)
        {
            return wrong;
        }

        var (action, ids) = (body.Value.ToAction(), body.Value.ToIds());
        if (!action.IsOk || !ids.IsOk)
        {
            return Refusal.Invalid([.. action.Problems, .. ids.Problems]);
        }

        wanted = wanted with { Ids = ids.Value };
        var shown = await bulk.PreviewAsync(context.Tenant(), wanted, action.Value, context.Actor(), context.IsOperator(), context.RequestAborted);
        if (!shown.IsOk)
        {
            return Refusal.Invalid(shown.Problems);
        }

        var preview = shown.Value;
        var kept = await context.KeepPreviewAsync("bulk", preview.Action, [.. preview.Items.Select(i => new PreviewedThing(i.Schedule.Value, i.Revision))]);
        return Answer.Json(new BulkPreviewJson
        {
            Token = kept.Token,
            ExpiresAt = kept.ExpiresAt,
            Schedules = preview.Schedules,
            Changes = preview.Items.Count,
            Runs = preview.Action.Kind == BulkKind.Resume ? preview.Resumed.Runs : null,
            Skipped = preview.Action.Kind == BulkKind.Resume ? preview.Resumed.Skipped : null,
            First = [.. preview.First.Select(BulkScheduleJson.Of)],
            LeftOut = await LeftOutJson.OfAsync(schedules, context.Tenant(), preview.LeftOut, context.RequestAborted),
        });
    }

    private static async Task<IResult> BeginAsync(HttpContext context, JsonBody<BulkCommit> body, BulkOperations bulk)
    {
        var taken = await context.TakePreviewAsync<BulkAction>("bulk", body.Value.PreviewToken);
        return taken.Refusal is not null
            ? taken.Refusal
            : Begun(context, await bulk.BeginAsync(
                context.Tenant(),
                taken.Content!,
                [.. taken.Things.Select(t => new BulkItem(new ScheduleId(t.Id), t.Revision))],
                context.Actor(),
                context.IsOperator(),
                context.RequestAborted));
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, BulkOperations bulk, [FromQuery] string? cursor = null, [FromQuery] string? limit = null)
    {
        var query = new ListQuery();
        var (before, count) = (query.Cursor(cursor), query.Limit(limit));
        if (query.Refusal is { } refusal)
        {
            return refusal;
        }

        var rows = await bulk.ListAsync(context.Tenant(), before?.Id, count + 1, context.RequestAborted);
        return Answer.Json(Paging.Page(rows, count, BulkJson.Of, c => new PageCursor(c.CreatedAt, c.Id)));
    }

    private static Task<IResult> ListLeftOutAsync(
        string bulkId,
        HttpContext context,
        BulkOperations bulk,
        IScheduleListStore schedules,
        [FromQuery] string? cursor = null,
        [FromQuery] string? limit = null) => WithAsync(
        context,
        bulk,
        bulkId,
        async change =>
        {
            var query = new ListQuery();
            var (after, count) = (query.Cursor(cursor), query.Limit(limit));
            if (query.Refusal is { } refusal)
            {
                return refusal;
            }

            var rows = await LeftOutJson.OfAsync(
                schedules, change.Tenant, await bulk.LeftOutAsync(change, after?.Id, count + 1, context.RequestAborted), context.RequestAborted);
            return Answer.Json(Paging.Page(rows, count, r => r, r => new PageCursor(change.CreatedAt, Guid.Parse(r.ScheduleId))));
        });

    private static Task<IResult> CancelAsync(string bulkId, HttpContext context, BulkOperations bulk) => WithAsync(
        context,
        bulk,
        bulkId,
        async change => change.ByOperator && !context.IsOperator()
            ? Refusal.Conflict("operators-change", "An operator's change", "An operator began this change of many schedules; operators alone end it")
            : await bulk.CancelAsync(change, context.Actor(), context.RequestAborted) is { } ended
            ? Answer.Json(BulkJson.Of(ended))
            : Refusal.Conflict("bulk-ended", "It has ended", "This change of many schedules has ended; it can be taken back"));

    private static Task<IResult> PreviewUndoAsync(
        string bulkId, HttpContext context, BulkOperations bulk, IScheduleListStore schedules, TimeProvider time) => WithAsync(
        context,
        bulk,
        bulkId,
        async change =>
        {
            if (change.State == BulkState.Running)
            {
                return Refusal.Conflict("bulk-under-way", "It goes on", "This change of many schedules goes on; end it first, or wait for its end");
            }

            if (change.Done == 0)
            {
                return Nothing();
            }

            var at = time.GetUtcNow();
            var shown = await bulk.PreviewUndoAsync(change, context.Actor(), context.IsOperator(), context.RequestAborted);
            var kept = await context.KeepPreviewAsync(KindOf(change.Id), new ShownBulkUndo(at));
            return Answer.Json(new BulkUndoPreviewJson(
                kept.Token,
                kept.ExpiresAt,
                shown.Schedules,
                shown.Changes,
                [.. shown.First.Select(BulkScheduleJson.Of)],
                await LeftOutJson.OfAsync(schedules, change.Tenant, shown.LeftOut, context.RequestAborted)));
        });

    private static Task<IResult> UndoAsync(string bulkId, HttpContext context, JsonBody<BulkCommit> body, BulkOperations bulk) => WithAsync(
        context,
        bulk,
        bulkId,
        async change =>
        {
            var taken = await context.TakePreviewAsync<ShownBulkUndo>(KindOf(change.Id), body.Value.PreviewToken);
            return taken.Refusal is not null
                ? taken.Refusal
                : Begun(context, await bulk.UndoAsync(change, context.Actor(), context.IsOperator(), taken.Content!.At, context.RequestAborted));
        });

    private static IResult Begun(HttpContext context, BulkOutcome outcome) => outcome switch
    {
        BulkOutcome.Begun { Change: var change } =>
            Answer.Accepted(context, PathOf(change), BulkJson.Of(change)),
        BulkOutcome.UnderWay => Refusal.Conflict(
            "bulk-under-way", "Another goes on", "The tenant has a change of many schedules that goes on; end it, or wait for its end"),
        BulkOutcome.Nothing => Nothing(),
        _ => throw new InvalidOperationException($"An outcome that nobody knows: {outcome}"),
    };

    private static async Task<IResult> WithAsync(HttpContext context, BulkOperations bulk, string id, Func<BulkChange, ValueTask<IResult>> answer) =>
        await bulk.FindAsync(context.Tenant(), id, context.RequestAborted) is { } change
            ? await answer(change)
            : Refusal.NotFound("This tenant has no such change of many schedules");

    private static ProblemResult Nothing() => Refusal.Conflict("nothing-to-change", "There is nothing to change", "Nothing of it is to be changed");

    private static string PathOf(BulkChange change) => $"/api/v1/tenants/{change.Tenant}/bulk-changes/{change.Id}";

    private static string KindOf(Guid change) => $"bulk-undo {change}";
}
