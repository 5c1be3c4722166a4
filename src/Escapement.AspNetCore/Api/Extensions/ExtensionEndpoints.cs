using System.Text.Json;
using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Problems;
using Escapement.Extensions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escapement.AspNetCore.Api.Extensions;

/// <summary>The registry: publishing bundles, and what is published. The same for all tenants.</summary>
internal static class ExtensionEndpoints
{
    private static readonly string[] BundleTypes = ["application/zstd", "application/octet-stream"];

    public static void MapExtensions(this RouteGroupBuilder api, EscapementOptions options)
    {
        var group = api.MapGroup("/extensions").WithTags("Extensions");
        group.MapPost("", PublishAsync)
            .Asks(Permission.Publish)
            .Describe(
                "publishExtension",
                "Publish a bundle",
                "The body is a .tar.zst bundle. 201 when the version is new, 200 when the very same bytes were published before; "
                + "a version is never replaced by other bytes.")
            .Accepts<Stream>(BundleTypes[0], BundleTypes[1])
            .Answers<VersionJson>(200, 201).Refuses(409, 413, 415, 422)
            .LimitBody(options.MaxBundleBytes);
        group.MapGet("", ListAsync)
            .Asks(Permission.ReadRegistry)
            .Describe("listExtensions", "List what is published")
            .Answers<Page<ExtensionJson>>(200);
        group.MapGet("/{extensionId}/versions", ListVersionsAsync)
            .Asks(Permission.ReadRegistry)
            .Describe("listExtensionVersions", "List an extension's versions")
            .Answers<Page<VersionJson>>(200).Refuses(404);
        group.MapGet("/{extensionId}/versions/{version}", GetVersionAsync)
            .Asks(Permission.ReadRegistry)
            .Describe("getExtensionVersion", "Show a version with its manifest")
            .Answers<VersionJson>(200).Refuses(404);
    }

    private static async Task<IResult> PublishAsync(HttpContext context, Publisher publisher, EscapementOptions options)
    {
        var type = context.Request.ContentType?.Split(';')[0].Trim();
        if (!BundleTypes.Contains(type, StringComparer.OrdinalIgnoreCase))
        {
            return Refusal.UnsupportedMediaType(string.Join(" or ", BundleTypes));
        }

        using var bytes = new MemoryStream((int)(context.Request.ContentLength ?? 0));
        await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
        var published = await publisher.PublishAsync(bytes.ToArray(), context.Actor(), context.Principal(), context.RequestAborted);
        if (!published.IsOk)
        {
            return published.Problems[0].Code switch
            {
                "version-taken" => Refusal.Conflict("Version taken", published.Problems),
                "not-allowed" => Refusal.Forbidden(published.Problems[0].Message),
                _ => Refusal.Invalid(published.Problems),
            };
        }

        var (version, isNew, warnings) = published.Value;
        var json = VersionJson.Of(version) with { Warnings = warnings };
        return isNew
            ? Answer.Created(context, $"{options.ApiRoot}/extensions/{json.ExtensionId}/versions/{Uri.EscapeDataString(json.Version)}", json)
            : Answer.Json(json);
    }

    private static async Task<IResult> ListAsync(HttpContext context, IVersionStore versions)
    {
        var all = await versions.ListAsync(context.RequestAborted);
        var byExtension = all.Where(v => context.Principal().SeesExtension(v.Manifest.Name)).GroupBy(v => v.Manifest.Name)
            .Select(g => new ExtensionJson(g.Key, [.. g.Select(VersionJson.Of)]));
        return Answer.Json(new Page<ExtensionJson>([.. byExtension]));
    }

    private static async Task<IResult> ListVersionsAsync(string extensionId, HttpContext context, IVersionStore versions)
    {
        var all = await versions.ListAsync(context.RequestAborted);
        VersionJson[] its = [.. all.Where(v => v.Manifest.Name == extensionId && context.Principal().SeesExtension(extensionId)).Select(VersionJson.Of)];
        return its.Length == 0 ? Refusal.NotFound("No version of this extension is published") : Answer.Json(new Page<VersionJson>(its));
    }

    private static async Task<IResult> GetVersionAsync(string extensionId, string version, HttpContext context, IVersionStore versions)
    {
        if (!context.Principal().SeesExtension(extensionId) || await versions.FindAsync(extensionId, version, context.RequestAborted) is not { } found)
        {
            return Refusal.NotFound("This version is not published");
        }

        using var manifest = JsonDocument.Parse(found.Manifest.Json);
        return Answer.Json(VersionJson.Of(found) with { Manifest = manifest.RootElement.Clone() });
    }
}
