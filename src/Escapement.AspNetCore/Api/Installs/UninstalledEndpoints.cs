using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Components;
using Escapement.AspNetCore.Problems;
using Escapement.Extensions;
using Escapement.Installs;
using Escapement.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Escapement.AspNetCore.Api.Installs;

/// <summary>What a tenant uninstalled, for as long as it can be restored.</summary>
internal static class UninstalledEndpoints
{
    public static void MapUninstalled(this RouteGroupBuilder tenant)
    {
        var uninstalled = tenant.MapGroup("/uninstalled").WithTags("Installs");
        uninstalled.MapGet("", ListAsync)
            .Asks(Permission.ReadTenant)
            .Describe(
                "listUninstalled",
                "List what was uninstalled and can be restored",
                "The latest first. Of a tenant the last 20 are kept, and of those the last whose payloads come to 64 MiB.")
            .Answers<Page<UninstalledJson>>(200);
        uninstalled.MapPost("/{installId}/restore", RestoreAsync)
            .Asks(Permission.ChangeTenant)
            .Describe(
                "restoreInstall",
                "Restore an install",
                "As it was, with its schedules and all ids; they count from now. 409 while the extension is installed again, or when its version was "
                + "withdrawn.")
            .KeepsAnswer<Result<InstalledExtension>>(Restored)
            .Answers<InstallJson>(200).Refuses(409);
        uninstalled.MapDelete("/{installId}", PurgeAsync)
            .Asks(Permission.ChangeTenant)
            .Describe("purgeInstall", "Remove what is kept of an install for good", "The run ledger and the audit stay.")
            .Produces(204);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, RemovedInstalls removed, VersionCatalog versions, [FromQuery] string? cursor, [FromQuery] string? limit)
    {
        var query = new ListQuery();
        var (place, count) = (query.Cursor(cursor), query.Limit(limit));
        if (query.Refusal is { } refusal)
        {
            return refusal;
        }

        var behind = place is { } last ? new RemovedInstallCursor(last.At, new InstallId(last.Id)) : null;
        var shown = new List<(RemovedInstall Removed, string? Version)>();
        foreach (var one in await removed.ListAsync(context.Tenant(), behind, count + 1, context.RequestAborted))
        {
            shown.Add((one, (await versions.GetAsync(one.Install.Version, context.RequestAborted))?.Manifest.Version));
        }

        return Answer.Json(Paging.Page(
            shown,
            count,
            s => UninstalledJson.Of(s.Removed, s.Version, removed.Until(s.Removed.RemovedAt)),
            s => new PageCursor(s.Removed.RemovedAt, s.Removed.Install.Scope.Install.Value)));
    }

    private static async Task<IResult> RestoreAsync(
        string installId, HttpContext context, RemovedInstalls removed, VersionCatalog versions, ISandbox sandbox)
    {
        if (!Ids.TryParse(installId, out var id))
        {
            return Unknown();
        }

        var scope = new InstallScope(context.Tenant(), new InstallId(id));
        var before = (await removed.FindAsync(scope, context.RequestAborted))?.Install.PreviousVersion;
        context.Features.Set(new PreviousVersion(before is { } previous ? await versions.GetAsync(previous, context.RequestAborted) : null));
        var restored = await removed.RestoreAsync(scope, context.Actor(), context.RequestAborted);
        if (restored.IsOk)
        {
            sandbox.Workers()?.Wake();
        }

        return Restored(context, restored);
    }

    private static IResult Restored(HttpContext context, Result<InstalledExtension> restored) => restored.IsOk
        ? Answer.Json(InstallJson.Of(restored.Value.Install, restored.Value.Version, context.Features.GetRequiredFeature<PreviousVersion>().Version))
        : InstallRefusal.Of(restored.Problems);

    private static async Task<IResult> PurgeAsync(string installId, HttpContext context, RemovedInstalls removed)
    {
        if (!Ids.TryParse(installId, out var id))
        {
            return Unknown();
        }

        var purged = await removed.PurgeAsync(new InstallScope(context.Tenant(), new InstallId(id)), context.Actor(), context.RequestAborted);
        return purged.IsOk ? TypedResults.NoContent() : InstallRefusal.Of(purged.Problems);
    }

    private static ProblemResult Unknown() => Refusal.NotFound("This tenant has uninstalled no such install, or too long ago");
}
