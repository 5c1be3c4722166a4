using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Api.Extensions;
using Escapement.AspNetCore.Components;
using Escapement.AspNetCore.Problems;
using Escapement.Installs;
using Escapement.Sandbox;
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
            .Asks(Permission.ChangeTenant)
            .Describe(
                "installExtension",
                "Install an extension",
                "Without capabilities, everything the manifest declares is granted but cap:scheduler.manage, which is never granted by default. "
                + "A version can be installed once its component is compiled: until then this is 409 compiling, and 409 component-refused if it cannot be.")
            .WithExample("""{"extensionId":"com.acme.sync","capabilities":["cap:scheduler.manage","cap:log.emit"]}""")
            .Answers<InstallJson>(201).Refuses(409, 422);
        installs.MapGet("", ListAsync)
            .Asks(Permission.ReadTenant)
            .Describe("listInstalls", "List a tenant's installs", "Oldest first.")
            .Answers<Page<InstallJson>>(200);

        var one = installs.MapGroup("/{installId}").WithInstall();
        one.MapGet("", Get)
            .Asks(Permission.ReadTenant)
            .Describe("getInstall", "Show an install")
            .Answers<InstallJson>(200);
        one.MapPost("/enable", (HttpContext context, InstallOperations operations) => SetEnabledAsync(context, operations, enabled: true))
            .Asks(Permission.ChangeTenant)
            .Describe("enableInstall", "Enable an install", "Its schedules go on with their next occurrences; nothing of the past is made up for.")
            .Answers<InstallJson>(200);
        one.MapPost("/disable", (HttpContext context, InstallOperations operations) => SetEnabledAsync(context, operations, enabled: false))
            .Asks(Permission.ChangeTenant)
            .Describe("disableInstall", "Disable an install", "Nothing of it fires, and its endpoints do not answer.")
            .Answers<InstallJson>(200);
        one.MapDelete("", RemoveAsync)
            .Asks(Permission.ChangeTenant)
            .Describe("uninstallExtension", "Uninstall an extension", "Its schedules go; the run ledger and the audit stay.")
            .Produces(204);
        one.MapGet("/endpoints", ListEndpoints)
            .Asks(Permission.ReadTenant)
            .Describe("listEndpoints", "List the endpoints of the installed version", "By path, then method.")
            .Answers<Page<EndpointJson>>(200);
        return one;
    }

    private static async Task<IResult> InstallAsync(HttpContext context, JsonBody<InstallRequest> body, InstallOperations operations, ISandbox sandbox)
    {
        var asked = body.Value;
        if (string.IsNullOrEmpty(asked.ExtensionId))
        {
            return Refusal.Invalid([new Problem("extensionId", "missing", "extensionId is needed: the extension to install")]);
        }

        if (asked.Capabilities?.Contains(null) == true)
        {
            return Refusal.Invalid([new Problem("capabilities", "null", "capabilities must hold strings only")]);
        }

        var capabilities = asked.Capabilities?.Select(c => c!).ToList();
        var installed = await operations.InstallAsync(
            context.Tenant(), asked.ExtensionId, asked.Version, capabilities, context.Actor(), context.RequestAborted);
        if (!installed.IsOk)
        {
            return Refuse(installed.Problems);
        }

        sandbox.Workers()?.Wake();
        var (install, version) = installed.Value;
        return Answer.Created(context, $"{context.Request.Path}/{install.Scope.Install}", InstallJson.Of(install, version));
    }

    private static async Task<IResult> ListAsync(HttpContext context, InstalledExtensions installed)
    {
        var found = await installed.ListAsync(context.Tenant(), context.RequestAborted);
        return Answer.Json(new Page<InstallJson>([.. found.Select(e => InstallJson.Of(e.Install, e.Version))]));
    }

    private static IResult Get(HttpContext context)
    {
        var (install, version) = context.InstalledExtension();
        return Answer.Json(InstallJson.Of(install, version));
    }

    private static IResult ListEndpoints(HttpContext context) =>
        Answer.Json(new Page<EndpointJson>([.. context.InstalledExtension().Version.Endpoints.Select(EndpointJson.Of)]));

    private static async Task<IResult> SetEnabledAsync(HttpContext context, InstallOperations operations, bool enabled)
    {
        var (install, version) = context.InstalledExtension();
        var changed = await operations.SetEnabledAsync(install.Scope, enabled, context.Actor(), context.RequestAborted);
        return changed.IsOk ? Answer.Json(InstallJson.Of(changed.Value, version)) : Refuse(changed.Problems);
    }

    private static async Task<IResult> RemoveAsync(HttpContext context, InstallOperations operations)
    {
        var removed = await operations.RemoveAsync(context.InstalledExtension().Install.Scope, context.Actor(), context.RequestAborted);
        return removed.IsOk ? TypedResults.NoContent() : Refuse(removed.Problems);
    }

    private static ProblemResult Refuse(IReadOnlyList<Problem> problems) => problems[0] switch
    {
        { Code: "not-found", Path: "installId" } gone => Refusal.NotFound(gone.Message),
        { Code: "already-installed" } => Refusal.Conflict("Already installed", problems),
        { Code: "compiling" } => Refusal.Conflict("The version is not compiled yet", problems),
        { Code: "component-refused" } => Refusal.Conflict("The component was refused", problems),
        _ => Refusal.Invalid(problems),
    };
}
