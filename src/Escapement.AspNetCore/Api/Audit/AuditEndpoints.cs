using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Problems;
using Escapement.Audit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.AspNetCore.Api.Audit;

/// <summary>Who did what.</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this RouteGroupBuilder tenant)
    {
        tenant.MapGet("/audit", ListAsync).WithTags("Audit")
            .Asks(Permission.ReadTenant)
            .Describe(
                "listAudit",
                "List a tenant's audit entries",
                $"{AuditListParameters.Description} What extensions read or were refused appears up to half a second late; refusals of one kind within "
                + "a minute share an entry, with their number in count once it is over.")
            .Answers<Page<AuditJson>>(200);
        tenant.MapGet("/audit/{auditId}", GetAsync).WithTags("Audit")
            .Asks(Permission.ReadTenant)
            .Describe("getAudit", "Show an audit entry", "One of the tenant's.")
            .Answers<AuditJson>(200).Refuses(404);
    }

    /// <summary>What concerns no tenant by name: the registry, the node, and callers of all tenants; and all tenants' entries.</summary>
    public static void MapNodeAudit(this RouteGroupBuilder api)
    {
        api.MapGet("/audit", ListOfNodeAsync).WithTags("Audit")
            .Asks(Permission.ReadNode)
            .Describe(
                "listNodeAudit",
                "List audit entries of no tenant, or of all",
                "Publishing, pauses of the host, and tokens and sessions of those who have all tenants or none; with allTenants=true all tenants' entries too. "
                + AuditListParameters.Description)
            .Answers<Page<AuditJson>>(200);
        api.MapGet("/audit/{auditId}", GetAsync).WithTags("Audit")
            .Asks(Permission.ReadNode)
            .Describe("getNodeAudit", "Show an audit entry of no tenant", "Those of a tenant are shown below it.")
            .Answers<AuditJson>(200).Refuses(404);
    }

    private static Task<IResult> ListAsync(HttpContext context, AuditListing listing, [AsParameters] AuditListParameters asked) =>
        PageAsync(context, listing, asked, new ListQuery(), ofAll: false);

    private static Task<IResult> ListOfNodeAsync(
        HttpContext context, AuditListing listing, [AsParameters] AuditListParameters asked, [FromQuery] string? allTenants)
    {
        var query = new ListQuery();
        return PageAsync(context, listing, asked, query, ofAll: query.Flag("allTenants", allTenants) == true);
    }

    private static async Task<IResult> PageAsync(HttpContext context, AuditListing listing, AuditListParameters asked, ListQuery query, bool ofAll)
    {
        var wanted = asked.Read(query, context.TenantIfAny(), ofAll);
        if (query.Refusal is { } refusal)
        {
            return refusal;
        }

        var (entries, last) = await listing.ListAsync(wanted, context.RequestAborted);
        var names = await context.RequestServices.GetRequiredService<AuditNames>().OfAsync(entries, context.RequestAborted);
        return Answer.Json(new Page<AuditJson>([.. entries.Select(e => AuditJson.Of(e, names))], last is null ? null : Paging.Write(new PageCursor(last.At, last.Id))));
    }

    private static async Task<IResult> GetAsync(string auditId, HttpContext context, IAuditStore store, AuditNames names) =>
        Ids.TryParse(auditId, out var id) && await store.FindAsync(context.TenantIfAny(), id, context.RequestAborted) is { } entry
            ? Answer.Json(AuditJson.Of(entry, await names.OfAsync([entry], context.RequestAborted)))
            : Refusal.NotFound("There is no such audit entry");
}
