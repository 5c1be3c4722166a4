using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Problems;
using Escapement.Extensions;
using Escapement.Installs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escapement.AspNetCore.Api.Installs;

/// <summary>What a version asks a tenant for, before anybody grants it.</summary>
internal static class ConsentEndpoints
{
    public static void MapConsent(this RouteGroupBuilder tenant) =>
        tenant.MapGet("/extensions/{extensionId}/versions/{version}/consent", GetAsync)
            .WithTags("Installs")
            .Asks(Permission.ReadTenant)
            .Describe(
                "getConsent",
                "Show what a version asks for",
                "One sentence for each capability with its risk, beside what this tenant has granted to the extension if it is "
                + "installed, and when it last used that.")
            .Answers<ConsentJson>(200);

    private static async Task<IResult> GetAsync(
        string extensionId, string version, HttpContext context, IVersionStore versions, InstalledExtensions installs, IInstallStore store)
    {
        if (await versions.FindAsync(extensionId, version, context.RequestAborted) is not { WithdrawnAt: null } found)
        {
            return Refusal.NotFound("This version is not published");
        }

        var installed = await installs.FindAsync(context.Tenant(), extensionId, context.RequestAborted);
        var uses = installed is null ? [] : await store.ListUsesAsync(installed.Install.Scope, context.RequestAborted);
        return Answer.Json(ConsentJson.Of(found, installed, uses.ToDictionary(u => u.Of.Capability, u => u.At)));
    }
}
