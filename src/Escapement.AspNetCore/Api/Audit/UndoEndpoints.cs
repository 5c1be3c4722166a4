using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Api.Pauses;
using Escapement.AspNetCore.Problems;
using Escapement.Undoing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escapement.AspNetCore.Api.Audit;

/// <summary>Taking a change back by its audit entry: shown first, then done as it was shown.</summary>
internal static class UndoEndpoints
{
    public static void MapUndo(this RouteGroupBuilder tenant) => Map(tenant, "Change", Permission.ChangeTenant);

    /// <summary>Of what concerns no tenant: pauses of the host.</summary>
    public static void MapNodeUndo(this RouteGroupBuilder api) => Map(api, "HostChange", Permission.ChangeHost);

    private static void Map(RouteGroupBuilder group, string name, Permission permission)
    {
        group.MapPost("/audit/{auditId}/undo/preview", PreviewAsync).WithTags("Audit")
            .Asks(permission)
            .Describe(
                $"previewUndo{name}",
                "Show what taking a change back would do",
                "Each field that it changed, as it is and as it would be. 409 if the thing is not as the change left it, with what differs, or if it cannot be "
                + "taken back.")
            .WithExample("""{"name":"Nightly import"}""")
            .Answers<UndoPreviewJson>(200).Refuses(404, 409, 422);
        group.MapPost("/audit/{auditId}/undo", UndoAsync).WithTags("Audit")
            .Asks(permission)
            .Describe(
                $"undo{name}",
                "Take a change back",
                "What was shown is done, in one transaction, if the thing still is as the change left it; else 409 says what differs. It takes nothing of the "
                + "install's rate limit. The answer is the undo's own entry, by which it can be taken back in turn.")
            .WithExample("""{"previewToken":"01993a5e-7c1f-7000-8000-000000000000"}""")
            .KeepsAnswer<UndoOutcome>(Undone)
            .Answers<AuditJson>(200).CommitsPreview().Refuses(422);
    }

    private static async Task<IResult> PreviewAsync(
        string auditId, HttpContext context, OptionalJsonBody<UndoPreviewRequest> body, UndoOperations operations)
    {
        var outcome = await operations.PreviewAsync(
            context.TenantIfAny(), auditId, body.Value.Name, context.Actor(), context.IsOperator(), context.RequestAborted);
        if (outcome is not UndoOutcome.Possible { Preview: var preview })
        {
            return RefusalOf(outcome);
        }

        var kept = await context.KeepPreviewAsync(KindOf(preview.Entry.Id), new ShownUndo(body.Value.Name, preview.ShownAt));
        return Answer.Json(UndoPreviewJson.Of(preview, kept));
    }

    private static async Task<IResult> UndoAsync(string auditId, HttpContext context, JsonBody<UndoRequestJson> body, UndoOperations operations)
    {
        if (!Ids.TryParse(auditId, out var id))
        {
            return RefusalOf(new UndoOutcome.Unknown());
        }

        var taken = await context.TakePreviewAsync<ShownUndo>(KindOf(id), body.Value.PreviewToken);
        if (taken.Refusal is not null)
        {
            return taken.Refusal;
        }

        var (name, shownAt) = taken.Content!;
        return Undone(context, await operations.UndoAsync(
            context.TenantIfAny(), auditId, name, context.Actor(), context.IsOperator(), shownAt, context.RequestAborted));
    }

    private static IResult Undone(HttpContext context, UndoOutcome outcome) =>
        outcome is UndoOutcome.Done { Entry: var entry } ? Answer.Json(AuditJson.Of(entry)) : RefusalOf(outcome);

    private static ProblemResult RefusalOf(UndoOutcome outcome) => outcome switch
    {
        UndoOutcome.Unknown => Refusal.NotFound(outcome.Refusal!),
        UndoOutcome.Differs { Fields: var fields } => Refusal.Differs(outcome.Refusal!, [.. fields.Select(FieldDifferenceJson.Of)]),
        UndoOutcome.NotUndoable => Refusal.Conflict("not-undoable", "It cannot be taken back", outcome.Refusal!),
        UndoOutcome.ValuesGone => Refusal.Conflict("values-gone", "What it was is not kept any more", outcome.Refusal!),
        UndoOutcome.OperatorsOnly => Refusal.Conflict("operators-pause", "An operator's pause", outcome.Refusal!),
        UndoOutcome.Refused { Problems: var problems } => Refusal.CannotUndo(problems),
        _ => throw new InvalidOperationException($"Not a refusal of an undo: {outcome}"),
    };

    private static string KindOf(Guid entry) => $"undo {entry}";
}
