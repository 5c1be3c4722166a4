using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.Pausing;
using Escapement.Scheduling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Escapement.AspNetCore.Api.Pauses;

/// <summary>Pauses above the schedules: the same four routes for the host, a tenant and an install.</summary>
internal static class PauseEndpoints
{
    private const string Example = """{"note":"database move","until":"2030-03-02T10:15:00Z"}""";

    public static void MapHostPauses(this RouteGroupBuilder api) =>
        Map(api, "Host", "all schedules of all tenants", Permission.ReadNode, Permission.ChangeHost, _ => PauseTarget.Host);

    public static void MapTenantPauses(this RouteGroupBuilder tenant) => Map(
        tenant, "Tenant", "all schedules of a tenant", Permission.ReadTenant, Permission.ChangeTenant, c => new PauseTarget(c.Tenant(), null));

    public static void MapInstallPauses(this RouteGroupBuilder install) => Map(
        install,
        "Install",
        "all schedules of an install",
        Permission.ReadTenant,
        Permission.ChangeTenant,
        c => PauseTarget.Of(c.InstalledExtension().Install.Scope));

    private static void Map(
        RouteGroupBuilder group, string name, string what, Permission read, Permission change, Func<HttpContext, PauseTarget> target)
    {
        var pauses = group.MapGroup("").WithTags("Pauses");
        pauses.MapGet("/pause", async (HttpContext context, PauseOperations operations) =>
                Answer.Json(LayerJson.Of(await operations.GetAsync(target(context), context.RequestAborted))))
            .Asks(read)
            .Describe($"get{name}Pause", $"Show the pause of {what}", "Without pause when there is none.")
            .Answers<LayerJson>(200);
        pauses.MapPost("/pause", (HttpContext context, JsonBody<PauseRequest> body, PauseOperations operations) => PauseAnswer.PauseAsync(
                body,
                input => operations.PauseAsync(target(context), input, context.Actor(), context.IsOperator(), Expected(context), context.RequestAborted),
                outcome => PauseAnswer.Paused(context, outcome)))
            .Asks(change)
            .Describe(
                $"pause{name}",
                $"Pause {what}",
                "Nothing starts from the answer on, on any node; runs under way finish, and retries wait. 409 if it is paused already.")
            .WithExample(Example)
            .KeepsAnswer<PauseOutcome>((context, outcome) => PauseAnswer.Paused(context, outcome))
            .TakesIfMatch()
            .Answers<PausedJson>(200).Refuses(409, 422);
        pauses.MapPost(
                "/resume",
                (HttpContext context, OptionalJsonBody<ResumeRequest> body, PauseOperations operations, [FromQuery] string? onEnd = null) =>
                    ResumeAsync(context, target(context), body.Value, operations, onEnd))
            .Asks(change)
            .Describe(
                $"resume{name}",
                $"Resume {what}",
                "What the pause kept from starting becomes one row of the ledger for each schedule, but for what onEnd has run. With previewToken "
                + "exactly what was shown is done: what came due since does not run, and of schedules that changed since nothing; both are listed. 409 if it "
                + "is not paused, or if an operator paused and the caller is none.")
            .WithExample("""{"previewToken":"01993a5e-7c1f-7000-8000-000000000000"}""")
            .TakesIfMatch()
            .Answers<ResumedJson>(200).Produces(204).CommitsPreview().Refuses(400);
        pauses.MapPost("/resume/preview", (HttpContext context, PauseOperations operations, [FromQuery] string? onEnd = null) => PauseAnswer.PreviewAsync(
                context, KindOf(target(context)), onEnd, end => operations.PreviewAsync(target(context), end, context.RequestAborted)))
            .Asks(read)
            .Describe(
                $"previewResume{name}",
                $"Show what resuming {what} would do",
                "Changes nothing; the token has exactly that done. 409 if it is not paused.")
            .Answers<ShownResumeJson>(200).Refuses(400, 409);
    }

    private static async Task<IResult> ResumeAsync(
        HttpContext context, PauseTarget target, ResumeRequest request, PauseOperations operations, string? onEnd)
    {
        IReadOnlyList<ScheduleId> changed = [];
        return await PauseAnswer.ResumeAsync(
            context,
            KindOf(target),
            request,
            onEnd,
            async (terms, things) =>
            {
                var shown = things.ToDictionary(t => new ScheduleId(t.Id), t => t.Revision);
                changed = terms.Shown is { At: var at } ? await operations.ChangedSinceAsync(target, at, shown, context.RequestAborted) : [];
                return await operations.ResumeAsync(
                    target, terms with { Expected = Expected(context) }, context.Actor(), context.IsOperator(), context.RequestAborted);
            },
            () => new(request.PreviewToken is null ? TypedResults.NoContent() : Answer.Json(new ResumedJson([.. changed.Select(c => c.ToString())]))));
    }

    private static Func<Pause?, bool>? Expected(HttpContext context) => context.IfMatch()?.Expects<Pause?>(LayerJson.Fields);

    private static string KindOf(PauseTarget target) => $"resume {target.Layer} {target.Install}";
}
