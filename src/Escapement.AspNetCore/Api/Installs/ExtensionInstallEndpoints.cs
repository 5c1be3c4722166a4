using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.Extensions;
using Escapement.Installs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Escapement.AspNetCore.Api.Installs;

/// <summary>Who has an extension, for those who have all tenants.</summary>
internal static class ExtensionInstallEndpoints
{
    public static void MapExtensionInstalls(this RouteGroupBuilder api) => api.MapGet("/extensions/{extensionId}/installs", ListAsync).WithTags("Installs")
        .Asks(Permission.ReadNode)
        .Describe("listExtensionInstalls", "List all tenants' installs of an extension", "By tenant, of which each has it at most once.")
        .Answers<Page<InstallJson>>(200);

    private static async Task<IResult> ListAsync(
        string extensionId,
        HttpContext context,
        IInstallStore store,
        InstalledExtensions installed,
        VersionCatalog versions,
        [FromQuery] string? cursor,
        [FromQuery] string? limit)
    {
        var query = new ListQuery();
        var (after, count) = (query.TenantCursor(cursor), query.Limit(limit));
        if (query.Refusal is { } refusal)
        {
            return refusal;
        }

        var rows = await store.ListOfExtensionAsync(extensionId, after, count + 1, context.RequestAborted);
        var shown = new List<InstallJson>();
        foreach (var install in rows.Take(count))
        {
            if (await installed.WithVersionAsync(install, context.RequestAborted) is { } one)
            {
                shown.Add(await InstallJson.OfAsync(versions, one.Install, one.Version));
            }
        }

        return Answer.Json(new Page<InstallJson>(shown, rows.Count > count ? Paging.Write(rows[count - 1].Scope.Tenant) : null));
    }
}
