using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Api.Extensions;
using Escapement.AspNetCore.Components;
using Escapement.AspNetCore.Problems;
using Escapement.Extensions;
using Escapement.Installs;
using Escapement.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.AspNetCore.Api.Installs;

/// <summary>A tenant's installs (contract section 6).</summary>
internal static class InstallEndpoints
{
    internal static readonly Problem NullCapability = new("capabilities", "null", "capabilities must hold strings only");

    /// <summary>Maps below a tenant; answers the group of one install, for what belongs to it.</summary>
    public static RouteGroupBuilder MapInstalls(this RouteGroupBuilder tenant)
    {
        var installs = tenant.MapGroup("/installs").WithTags("Installs");
        installs.MapPost("", InstallAsync)
            .Asks(Permission.ChangeTenant)
            .Describe(
                "installExtension",
                "Install an extension",
                "Without capabilities, everything the manifest declares is granted but cap:scheduler.manage, which is never granted by default. "
                + "A version can be installed once its component is compiled: until then this is 409 compiling, and 409 component-refused if it cannot be.")
            .WithExample("""{"extensionId":"com.acme.sync","capabilities":["cap:scheduler.manage","cap:log.emit"]}""")
            .KeepsAnswer<Result<InstalledExtension>>(Installed)
            .Answers<InstallJson>(201).Refuses(409, 422);
        installs.MapGet("", ListAsync)
            .Asks(Permission.ReadTenant)
            .Describe("listInstalls", "List a tenant's installs", "Oldest first.")
            .Answers<Page<InstallJson>>(200);

        var one = installs.MapGroup("/{installId}").WithInstall();
        one.MapGet("", GetAsync)
            .Asks(Permission.ReadTenant)
            .Describe("getInstall", "Show an install")
            .Answers<InstallJson>(200);
        one.MapPatch("", UpdateAsync)
            .Asks(Permission.ChangeTenant)
            .Describe(
                "updateInstall",
                "Change what is granted",
                "capabilities is all that is granted from then on, of what the manifest declares; absent, it stays. It has effect on the next run and call.")
            .WithExample("""{"capabilities":["cap:scheduler.manage","cap:log.emit"]}""")
            .TakesIfMatch()
            .Answers<InstallJson>(200).Refuses(409, 422);
        one.MapPost("/enable", (HttpContext context, InstallOperations operations, VersionCatalog versions) =>
                SetEnabledAsync(context, operations, versions, enabled: true))
            .Asks(Permission.ChangeTenant)
            .Describe("enableInstall", "Enable an install", "Its schedules go on with their next occurrences; nothing of the past is made up for.")
            .TakesIfMatch()
            .Answers<InstallJson>(200);
        one.MapPost("/disable", (HttpContext context, InstallOperations operations, VersionCatalog versions) =>
                SetEnabledAsync(context, operations, versions, enabled: false))
            .Asks(Permission.ChangeTenant)
            .Describe("disableInstall", "Disable an install", "Nothing of it fires, and its endpoints do not answer.")
            .TakesIfMatch()
            .Answers<InstallJson>(200);
        one.MapDelete("", RemoveAsync)
            .Asks(Permission.ChangeTenant)
            .Describe(
                "uninstallExtension",
                "Uninstall an extension",
                "Nothing of it fires or answers from then on, and the extension can be installed again. It can be restored for a time; the run ledger and "
                + "the audit stay.")
            .TakesIfMatch()
            .Produces(204);
        one.MapGet("/endpoints", ListEndpoints)
            .Asks(Permission.ReadTenant)
            .Describe("listEndpoints", "List the endpoints of the installed version", "By path, then method.")
            .Answers<Page<EndpointJson>>(200);
        return one;
    }

    private static async Task<IResult> InstallAsync(
        HttpContext context, JsonBody<InstallRequest> body, InstallOperations operations, VersionCatalog versions, ISandbox sandbox)
    {
        var asked = body.Value;
        if (string.IsNullOrEmpty(asked.ExtensionId))
        {
            return Refusal.Invalid([new Problem("extensionId", "missing", "extensionId is needed: the extension to install")]);
        }

        if (asked.Capabilities?.Contains(null) == true)
        {
            return Refusal.Invalid([NullCapability]);
        }

        var capabilities = asked.Capabilities?.Select(c => c!).ToList();
        var installed = await operations.InstallAsync(
            context.Tenant(), asked.ExtensionId, asked.Version, capabilities, context.Actor(), context.RequestAborted);
        if (installed.IsOk)
        {
            sandbox.Workers()?.Wake();
        }

        return Installed(context, installed);
    }

    private static IResult Installed(HttpContext context, Result<InstalledExtension> installed) => installed.IsOk
        ? Answer.Created(
            context,
            $"{context.Request.Path}/{installed.Value.Install.Scope.Install}",
            InstallJson.Of(installed.Value.Install, installed.Value.Version, previous: null))
        : InstallRefusal.Of(installed.Problems);

    private static async Task<IResult> ListAsync(HttpContext context, InstalledExtensions installed, VersionCatalog versions)
    {
        var found = await installed.ListAsync(context.Tenant(), context.RequestAborted);
        var list = new List<InstallJson>(found.Count);
        foreach (var (install, version) in found)
        {
            list.Add(await InstallJson.OfAsync(versions, install, version));
        }

        return Answer.Json(new Page<InstallJson>(list));
    }

    private static async Task<IResult> GetAsync(HttpContext context, VersionCatalog versions)
    {
        var (install, version) = context.InstalledExtension();
        return Answer.Json(await InstallJson.OfAsync(versions, install, version));
    }

    private static async Task<IResult> UpdateAsync(HttpContext context, JsonBody<InstallPatch> body, InstallOperations operations, VersionCatalog versions)
    {
        var installed = context.InstalledExtension();
        if (body.Value.Capabilities is not { } asked)
        {
            return await GetAsync(context, versions);
        }

        if (asked.Contains(null))
        {
            return Refusal.Invalid([NullCapability]);
        }

        var changed = await operations.ChangeGrantsAsync(installed, [.. asked.Select(c => c!)], context.Actor(), Expected(context), context.RequestAborted);
        return changed.IsOk
            ? Answer.Json(await InstallJson.OfAsync(versions, changed.Value, installed.Version))
            : await RefuseAsync(context, versions, changed.Problems);
    }

    private static IResult ListEndpoints(HttpContext context) =>
        Answer.Json(new Page<EndpointJson>([.. context.InstalledExtension().Version.Endpoints.Select(EndpointJson.Of)]));

    private static async Task<IResult> SetEnabledAsync(HttpContext context, InstallOperations operations, VersionCatalog versions, bool enabled)
    {
        var (install, version) = context.InstalledExtension();
        var changed = await operations.SetEnabledAsync(install.Scope, enabled, context.Actor(), Expected(context), context.RequestAborted);
        return changed.IsOk ? Answer.Json(await InstallJson.OfAsync(versions, changed.Value, version)) : await RefuseAsync(context, versions, changed.Problems);
    }

    private static async Task<IResult> RemoveAsync(HttpContext context, InstallOperations operations, VersionCatalog versions)
    {
        var removed = await operations.RemoveAsync(
            context.InstalledExtension().Install.Scope, context.Actor(), Expected(context), context.RequestAborted);
        return removed.IsOk ? TypedResults.NoContent() : await RefuseAsync(context, versions, removed.Problems);
    }

    /// <summary>What the caller saw of the install; null when they said nothing.</summary>
    internal static Func<Install, bool>? Expected(HttpContext context) => context.IfMatch()?.Expects<Install>(InstallJson.Fields);

    /// <summary>Refuses a change, with the install as it is now if that is what stands in the way.</summary>
    internal static async Task<IResult> RefuseAsync(HttpContext context, VersionCatalog versions, IReadOnlyList<Problem> problems)
    {
        var installed = context.RequestServices.GetRequiredService<InstalledExtensions>();
        return problems[0].Code == InstallOutcome.ChangedMeanwhile.Problems[0].Code
            && await installed.GetAsync(context.InstalledExtension().Install.Scope, context.RequestAborted) is var (install, version)
            ? context.IfMatch()!.Refuse(InstallJson.Fields(install), await InstallJson.OfAsync(versions, install, version))
            : InstallRefusal.Of(problems);
    }
}
