using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.Listing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Escapement.AspNetCore.Api.Tenants;

/// <summary>The tenants that have installs, for those who have all tenants.</summary>
internal static class TenantEndpoints
{
    public static void MapTenants(this RouteGroupBuilder api) => api.MapGet("/tenants", ListAsync).WithTags("Tenants")
        .Asks(Permission.ReadNode)
        .Describe("listTenants", "List the tenants that have installs", "By name, with what they have, which may be up to 10 seconds old.")
        .Answers<Page<TenantJson>>(200);

    private static async Task<IResult> ListAsync(HttpContext context, TenantListing listing, [FromQuery] string? cursor, [FromQuery] string? limit)
    {
        var query = new ListQuery();
        var after = query.TenantCursor(cursor);
        var count = query.Limit(limit);
        if (query.Refusal is { } refusal)
        {
            return refusal;
        }

        var (items, more) = await listing.ListAsync(after, count, context.RequestAborted);
        return Answer.Json(new Page<TenantJson>([.. items.Select(TenantJson.Of)], more ? Paging.Write(items[^1].Tenant) : null));
    }
}

/// <summary>A tenant that has installs.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Installs">How many extensions it has.</param>
/// <param name="Schedules">How many schedules they have.</param>
/// <param name="FailingSchedules">Of how many of those the last runs failed.</param>
internal sealed record TenantJson(string Tenant, int Installs, int Schedules, int FailingSchedules)
{
    public static TenantJson Of(TenantCounts counts) => new(counts.Tenant.Value, counts.Installs, counts.Schedules, counts.Failing);
}
