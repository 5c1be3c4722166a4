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
                Answer.Json(new LayerJson(await operations.GetAsync(target(context), context.RequestAborted) is { } pause ? PauseJson.Of(pause) : null)))
            .Asks(read)
            .Describe($"get{name}Pause", $"Show the pause of {what}", "Without pause when there is none.")
            .Answers<LayerJson>(200);
        pauses.MapPost("/pause", (HttpContext context, JsonBody<PauseRequest> body, PauseOperations operations) => PauseAnswer.PauseAsync(
                body,
                input => operations.PauseAsync(target(context), input, context.Actor(), context.IsOperator(), context.RequestAborted),
                outcome => PauseAnswer.Paused(outcome)))
            .Asks(change)
            .Describe(
                $"pause{name}",
                $"Pause {what}",
                "Nothing starts from the answer on, on any node; runs under way finish, and retries wait. 409 if it is paused already.")
            .WithExample(Example)
            .KeepsAnswer<PauseOutcome>((_, outcome) => PauseAnswer.Paused(outcome))
            .Answers<PausedJson>(200).Refuses(409, 422);
        pauses.MapPost("/resume", (HttpContext context, PauseOperations operations, [FromQuery] string? onEnd = null) => PauseAnswer.ResumeAsync(
                onEnd,
                end => operations.ResumeAsync(target(context), end, context.Actor(), context.IsOperator(), context.RequestAborted),
                () => new(TypedResults.NoContent())))
            .Asks(change)
            .Describe(
                $"resume{name}",
                $"Resume {what}",
                "What the pause kept from starting becomes one row of the ledger for each schedule, but for what onEnd has run. 409 if it is "
                + "not paused, or if an operator paused and the caller is none.")
            .Produces(204).Refuses(400, 409);
        pauses.MapPost("/resume/preview", (HttpContext context, PauseOperations operations, [FromQuery] string? onEnd = null) => PauseAnswer.PreviewAsync(
                onEnd, end => operations.PreviewAsync(target(context), end, context.RequestAborted)))
            .Asks(read)
            .Describe($"previewResume{name}", $"Show what resuming {what} would do", "Changes nothing. 409 if it is not paused.")
            .Answers<ResumePreviewJson>(200).Refuses(400, 409);
    }
}
