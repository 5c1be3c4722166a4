using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Problems;
using Escapement.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Escapement.AspNetCore.Api.Audit;

/// <summary>Who did what.</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this RouteGroupBuilder tenant) =>
        tenant.MapGet("/audit", ListAsync).WithTags("Audit")
            .Asks(Permission.ReadTenant)
            .Describe(
                "listAudit",
                "List a tenant's audit entries",
                "Newest first. Filter: installId. What extensions read or were refused appears up to half a second late; refusals of one kind within "
                + "a minute share an entry, with their number in count once it is over.")
            .Answers<Page<AuditJson>>(200);

    /// <summary>What concerns no tenant by name: the registry, the node, and callers of all tenants.</summary>
    public static void MapNodeAudit(this RouteGroupBuilder api) =>
        api.MapGet("/audit", ListOfNoneAsync).WithTags("Audit")
            .Asks(Permission.ReadNode)
            .Describe(
                "listNodeAudit",
                "List audit entries of no tenant",
                "Newest first: publishing, and tokens and sessions of those who have all tenants or none.")
            .Answers<Page<AuditJson>>(200);

    private static Task<IResult> ListOfNoneAsync(HttpContext context, IAuditStore store, [FromQuery] string? cursor, [FromQuery] string? limit) =>
        PageAsync(context, store, tenant: null, install: null, cursor, limit);

    private static async Task<IResult> ListAsync(
        HttpContext context, IAuditStore store, [FromQuery] string? installId, [FromQuery] string? cursor, [FromQuery] string? limit)
    {
        InstallId? install = null;
        if (installId is not null)
        {
            if (!Ids.TryParse(installId, out var id))
            {
                return Refusal.BadRequest("installId", "installId must be an install's id");
            }

            install = new InstallId(id);
        }

        return await PageAsync(context, store, context.Tenant(), install, cursor, limit);
    }

    private static async Task<IResult> PageAsync(
        HttpContext context, IAuditStore store, TenantId? tenant, InstallId? install, string? cursor, string? limit)
    {
        if (!Paging.TryCursor(cursor, out var before, out var refusal) || !Paging.TryLimit(limit, out var count, out refusal))
        {
            return refusal!;
        }

        var rows = await store.ListAsync(tenant, install, before?.Id, count + 1, context.RequestAborted);
        return Answer.Json(Paging.Page(rows, count, AuditJson.Of, e => new PageCursor(e.At, e.Id)));
    }
}
