using System.Text.Json;
using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Problems;
using Escapement.Compiling;
using Escapement.Extensions;
using Escapement.Publishing;
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
                + "a version is never replaced by other bytes. Its component is compiled in the background; "
                + "it can be installed once compilation says compiled.")
            .Accepts<Stream>(BundleTypes[0], BundleTypes[1])
            .Answers<VersionJson>(200, 201).Refuses(409, 413, 415, 422, 429)
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
        group.MapDelete("/{extensionId}/versions/{version}", WithdrawAsync)
            .Asks(Permission.Publish)
            .Describe(
                "withdrawExtensionVersion",
                "Withdraw a version",
                "Only one that nobody has installed. Its bundle goes; its number stays taken, and only the same bytes can be published under it again.")
            .Produces(204).Refuses(404, 409);
    }

    private static async Task<IResult> PublishAsync(HttpContext context, Publisher publisher, PublishTurns turns, EscapementOptions options)
    {
        var type = context.Request.ContentType?.Split(';')[0].Trim();
        if (!BundleTypes.Contains(type, StringComparer.OrdinalIgnoreCase))
        {
            return Refusal.UnsupportedMediaType(string.Join(" or ", BundleTypes));
        }

        var actor = context.Actor();
        using var turn = turns.TryTake(actor.Id);
        if (turn is null)
        {
            return Refusal.RateLimited("Another publication of the same caller goes on; publish one bundle after the other", TimeSpan.FromSeconds(5));
        }

        var published = await publisher.PublishAsync(context.Request.Body, actor, context.Principal(), context.RequestAborted);
        if (!published.IsOk)
        {
            return published.Problems[0].Code switch
            {
                "version-taken" => Refusal.Conflict("Version taken", published.Problems),
                "quota-exceeded" => Refusal.Conflict("Quota exceeded", published.Problems),
                "not-allowed" => Refusal.Forbidden(published.Problems[0].Message),
                _ => Refusal.Invalid(published.Problems),
            };
        }

        var (version, compilation, isNew, warnings) = published.Value;
        var json = VersionJson.Of(version, compilation) with { Warnings = warnings };
        return isNew
            ? Answer.Created(context, $"{options.ApiRoot}/extensions/{json.ExtensionId}/versions/{Uri.EscapeDataString(json.Version)}", json)
            : Answer.Json(json);
    }

    private static async Task<IResult> WithdrawAsync(HttpContext context, string extensionId, string version, Publisher publisher)
    {
        if (!context.Principal().SeesExtension(extensionId))
        {
            return Refusal.NotFound("This version is not published");
        }

        var withdrawn = await publisher.WithdrawAsync(extensionId, version, context.Actor(), context.RequestAborted);
        return withdrawn.IsOk ? TypedResults.NoContent()
            : withdrawn.Problems[0].Code == "not-found" ? Refusal.NotFound(withdrawn.Problems[0].Message)
            : Refusal.Conflict("The version is installed", withdrawn.Problems);
    }

    private static async Task<IResult> ListAsync(HttpContext context, IVersionStore versions, ICompilations compilations)
    {
        var seen = (await versions.ListAsync(context.RequestAborted)).Where(v => context.Principal().SeesExtension(v.Manifest.Name));
        var all = await WithCompilationsAsync([.. seen], compilations, context.RequestAborted);
        return Answer.Json(new Page<ExtensionJson>([.. all.GroupBy(v => v.ExtensionId).Select(g => new ExtensionJson(g.Key, [.. g]))]));
    }

    private static async Task<IResult> ListVersionsAsync(string extensionId, HttpContext context, IVersionStore versions, ICompilations compilations)
    {
        ExtensionVersion[] its = context.Principal().SeesExtension(extensionId)
            ? [.. (await versions.ListAsync(context.RequestAborted)).Where(v => v.Manifest.Name == extensionId)]
            : [];
        return its.Length == 0
            ? Refusal.NotFound("No version of this extension is published")
            : Answer.Json(new Page<VersionJson>(await WithCompilationsAsync(its, compilations, context.RequestAborted)));
    }

    private static async Task<IResult> GetVersionAsync(
        string extensionId, string version, HttpContext context, IVersionStore versions, ICompilations compilations)
    {
        if (!context.Principal().SeesExtension(extensionId)
            || await versions.FindAsync(extensionId, version, context.RequestAborted) is not { WithdrawnAt: null } found)
        {
            return Refusal.NotFound("This version is not published");
        }

        using var manifest = JsonDocument.Parse(found.Manifest.Json);
        var json = VersionJson.Of(found, await compilations.GetAsync(found, context.RequestAborted));
        return Answer.Json(json with { Manifest = manifest.RootElement.Clone() });
    }

    private static async ValueTask<IReadOnlyList<VersionJson>> WithCompilationsAsync(
        IReadOnlyList<ExtensionVersion> versions, ICompilations compilations, CancellationToken cancellationToken) =>
        [.. versions.Zip(await compilations.GetManyAsync(versions, cancellationToken), VersionJson.Of)];
}
