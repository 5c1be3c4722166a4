using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Components;
using Escapement.AspNetCore.Problems;
using Escapement.Extensions;
using Escapement.Installs;
using Escapement.Previews;
using Escapement.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Escapement.AspNetCore.Api.Installs;

/// <summary>Upgrading an install and going back: shown first, then done as it was shown (contract section 6).</summary>
internal static class UpgradeEndpoints
{
    private const string Upgrade = "upgrade";
    private const string RollBack = "rollback";

    public static void MapUpgrades(this RouteGroupBuilder install)
    {
        install.MapPost("/upgrade/preview", PreviewAsync)
            .WithTags("Installs")
            .Asks(Permission.ChangeTenant)
            .Describe(
                "previewUpgrade",
                "Show what an upgrade would do",
                "Which schedules follow, what the version asks for, and when schedules would fire in the next seven days. Any other version of the extension "
                + "will do, an older one too; without version, the one published last.")
            .WithExample("""{"version":"2.0.0"}""")
            .Answers<UpgradePreviewJson>(200).Refuses(409, 422);
        install.MapPost(
                "/upgrade",
                (HttpContext context, JsonBody<UpgradeRequest> body, InstallUpgrades upgrades, VersionCatalog versions, ISandbox sandbox) =>
                    CommitAsync(Upgrade, context, body.Value, upgrades, versions, sandbox))
            .WithTags("Installs")
            .Asks(Permission.ChangeTenant)
            .Describe(
                "upgradeInstall",
                "Upgrade an install",
                "What was shown is done, in one transaction, or nothing: 409 says what changed since, which schedules would lose their endpoint, or what needs "
                + "consent. With hold, schedules that lose their endpoint are held, and go on by themselves when a version brings it back. Runs under way "
                + "finish on the version that they began with.")
            .WithExample("""{"previewToken":"01993a5e-7c1f-7000-8000-000000000000","capabilities":["cap:scheduler.manage","cap:log.emit"]}""")
            .KeepsAnswer<Result<InstalledExtension>>(Upgraded)
            .TakesIfMatch()
            .Answers<InstallJson>(200).CommitsPreview().Refuses(422);
        install.MapPost("/rollback/preview", PreviewRollBackAsync)
            .WithTags("Installs")
            .Asks(Permission.ChangeTenant)
            .Describe("previewRollback", "Show what going back would do", "To the version before the last upgrade. 409 if there was none.")
            .Answers<UpgradePreviewJson>(200).Refuses(409);
        install.MapPost(
                "/rollback",
                (HttpContext context, JsonBody<UpgradeRequest> body, InstallUpgrades upgrades, VersionCatalog versions, ISandbox sandbox) =>
                    CommitAsync(RollBack, context, body.Value, upgrades, versions, sandbox))
            .WithTags("Installs")
            .Asks(Permission.ChangeTenant)
            .Describe(
                "rollbackInstall",
                "Go back to the version before",
                "As an upgrade. What was granted there and is declared there alone is granted again; what was taken back since stays taken back.")
            .WithExample("""{"previewToken":"01993a5e-7c1f-7000-8000-000000000000"}""")
            .KeepsAnswer<Result<InstalledExtension>>(Upgraded)
            .TakesIfMatch()
            .Answers<InstallJson>(200).CommitsPreview().Refuses(422);
    }

    private static async Task<IResult> PreviewAsync(HttpContext context, JsonBody<UpgradePreviewRequest> body, InstallUpgrades upgrades) =>
        await ShowAsync(Upgrade, context, await upgrades.PreviewAsync(context.InstalledExtension(), body.Value.Version, context.RequestAborted));

    private static async Task<IResult> PreviewRollBackAsync(HttpContext context, InstallUpgrades upgrades) =>
        await ShowAsync(RollBack, context, await upgrades.PreviewRollBackAsync(context.InstalledExtension(), context.RequestAborted));

    private static async Task<IResult> ShowAsync(string kind, HttpContext context, Result<UpgradePreview> result)
    {
        if (!result.IsOk)
        {
            return InstallRefusal.Of(result.Problems);
        }

        var plan = result.Value.Plan;
        var things = plan.Schedules.Select(s => new PreviewedThing(s.Key.Value, s.Value)).ToList();
        var kept = await context.KeepPreviewAsync(KindOf(kind, plan.Scope), PlannedUpgrade.Of(plan), things);
        return Answer.Json(UpgradePreviewJson.Of(result.Value, context.InstalledExtension(), kept));
    }

    private static async Task<IResult> CommitAsync(
        string kind, HttpContext context, UpgradeRequest request, InstallUpgrades upgrades, VersionCatalog versions, ISandbox sandbox)
    {
        if (request.Capabilities?.Contains(null) == true)
        {
            return Refusal.Invalid([InstallEndpoints.NullCapability]);
        }

        var scope = context.InstalledExtension().Install.Scope;
        var taken = await context.TakePreviewAsync<PlannedUpgrade>(KindOf(kind, scope), request.PreviewToken);
        if (taken.Refusal is not null)
        {
            return taken.Refusal;
        }

        var plan = taken.Content!.ToPlan(scope, taken.Things);
        context.Features.Set(new PreviousVersion(await versions.GetAsync(plan.From, context.RequestAborted)));
        var upgraded = await upgrades.UpgradeAsync(plan, request.ToConsent(), context.Actor(), InstallEndpoints.Expected(context), context.RequestAborted);
        if (upgraded.IsOk)
        {
            sandbox.Workers()?.Wake();
        }

        return upgraded.IsOk ? Upgraded(context, upgraded) : await InstallEndpoints.RefuseAsync(context, versions, upgraded.Problems);
    }

    private static IResult Upgraded(HttpContext context, Result<InstalledExtension> upgraded) => upgraded.IsOk
        ? Answer.Json(InstallJson.Of(upgraded.Value.Install, upgraded.Value.Version, context.Features.GetRequiredFeature<PreviousVersion>().Version))
        : InstallRefusal.Of(upgraded.Problems);

    // With the install, so that a preview is as unknown to another as one that never was, and is not used up by it.
    private static string KindOf(string kind, InstallScope scope) => $"{kind} {scope.Install}";
}
