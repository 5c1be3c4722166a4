using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Api.Extensions;
using Escapement.AspNetCore.Json;
using Escapement.AspNetCore.Problems;
using Escapement.Installs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escapement.AspNetCore.Api.Installs;

/// <summary>A tenant's installs (contract section 6).</summary>
internal static class InstallEndpoints
{
    /// <summary>Maps below a tenant; answers the group of one install, for what belongs to it.</summary>
    public static RouteGroupBuilder MapInstalls(this RouteGroupBuilder tenant)
    {
        var installs = tenant.MapGroup("/installs").WithTags("Installs");
        installs.MapPost("", InstallAsync)
            .Describe("installExtension", "Install an extension", "Without capabilities, everything the manifest declares is granted but cap:scheduler.manage, which is never granted by default.")
            .Accepts<InstallRequest>("application/json").Answers<InstallJson>(201).Refuses(400, 409, 413, 415, 422);
        installs.MapGet("", ListAsync)
            .Describe("listInstalls", "List a tenant's installs", "Oldest first.").Answers<Page<InstallJson>>(200).Refuses(400);

        var one = installs.MapGroup("/{installId}").WithInstall();
        one.MapGet("", Get)
            .Describe("getInstall", "Show an install").Answers<InstallJson>(200).Refuses(400, 404);
        one.MapPost("/enable", (HttpContext context, InstallOperations operations) => SetEnabledAsync(context, operations, enabled: true))
            .Describe("enableInstall", "Enable an install", "Its schedules go on with their next occurrences; nothing of the past is made up for.").Answers<InstallJson>(200).Refuses(400, 404);
        one.MapPost("/disable", (HttpContext context, InstallOperations operations) => SetEnabledAsync(context, operations, enabled: false))
            .Describe("disableInstall", "Disable an install", "Nothing of it fires, and its endpoints do not answer.").Answers<InstallJson>(200).Refuses(400, 404);
        one.MapDelete("", RemoveAsync)
            .Describe("uninstallExtension", "Uninstall an extension", "Its schedules go; the run ledger and the audit stay.").Produces(204).Refuses(400, 404);
        one.MapGet("/endpoints", (HttpContext context) => Answer.Json(new Page<EndpointJson>([.. context.Extension().Version.Endpoints.Select(EndpointJson.Of)])))
            .Describe("listEndpoints", "List the endpoints of the installed version", "By path, then method.").Answers<Page<EndpointJson>>(200).Refuses(400, 404);
        return one;
    }

    private static async Task<IResult> InstallAsync(HttpContext context, JsonBody<InstallRequest> body, InstallOperations operations)
    {
        if (body.Refusal is { } refusal)
        {
            return refusal;
        }

        var asked = body.Value;
        if (string.IsNullOrEmpty(asked.ExtensionId))
        {
            return Refusal.Of([new Problem("extensionId", "missing", "extensionId is needed: the extension to install")]);
        }

        if (asked.Capabilities?.Contains(null) == true)
        {
            return Refusal.Of([new Problem("capabilities", "null", "capabilities must hold strings only")]);
        }

        var installed = await operations.InstallAsync(context.Tenant(), asked.ExtensionId, asked.Version, asked.Capabilities?.Select(c => c!).ToList(), context.Actor(), context.RequestAborted);
        if (!installed.IsOk)
        {
            return Refusal.Of(installed.Problems);
        }

        var (install, version) = installed.Value;
        return Answer.Created(context, $"{context.Request.Path}/{install.Scope.Install}", InstallJson.Of(install, version));
    }

    private static async Task<IResult> ListAsync(HttpContext context, InstalledExtensions installed)
    {
        var found = await installed.ListAsync(context.Tenant(), context.RequestAborted);
        return Answer.Json(new Page<InstallJson>([.. found.Select(e => InstallJson.Of(e.Install, e.Version))]));
    }

    private static IResult Get(HttpContext context) => Answer.Json(InstallJson.Of(context.Extension().Install, context.Extension().Version));

    private static async Task<IResult> SetEnabledAsync(HttpContext context, InstallOperations operations, bool enabled)
    {
        var extension = context.Extension();
        var changed = await operations.SetEnabledAsync(extension.Install.Scope, enabled, context.Actor(), context.RequestAborted);
        return changed.IsOk ? Answer.Json(InstallJson.Of(changed.Value, extension.Version)) : Refusal.Of(changed.Problems);
    }

    private static async Task<IResult> RemoveAsync(HttpContext context, InstallOperations operations)
    {
        var removed = await operations.RemoveAsync(context.Extension().Install.Scope, context.Actor(), context.RequestAborted);
        return removed.IsOk ? TypedResults.NoContent() : Refusal.Of(removed.Problems);
    }
}
