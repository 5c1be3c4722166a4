using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.Listing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escapement.AspNetCore.Api.Finding;

/// <summary>What an id is of, for those who have nothing but the id.</summary>
internal static class FindEndpoints
{
    private const string What = "A run, a schedule or an install that is there; runs also of what was uninstalled or deleted. No item for an id of none.";

    public static void MapTenantIds(this RouteGroupBuilder tenant) => tenant.MapGet("/ids/{id}", (string id, HttpContext context, IScheduleListStore store) =>
            FindAsync(context, store, context.Tenant(), id)).WithTags("Ids")
        .Asks(Permission.ReadTenant)
        .Describe("findId", "Find what of a tenant has an id", What)
        .Answers<Page<FoundIdJson>>(200);

    public static void MapAllIds(this RouteGroupBuilder api) => api.MapGet("/ids/{id}", (string id, HttpContext context, IScheduleListStore store) =>
            FindAsync(context, store, tenant: null, id)).WithTags("Ids")
        .Asks(Permission.ReadNode)
        .Describe("findAnyId", "Find what of all tenants has an id", What)
        .Answers<Page<FoundIdJson>>(200);

    private static async Task<IResult> FindAsync(HttpContext context, IScheduleListStore store, TenantId? tenant, string id)
    {
        var found = Ids.TryParse(id, out var known) ? await store.FindIdAsync(tenant, known, context.RequestAborted) : null;
        return Answer.Json(new Page<FoundIdJson>(found is null ? [] : [FoundIdJson.Of(found)], NextCursor: null));
    }
}

/// <summary>What has an id.</summary>
internal sealed record FoundIdJson
{
    /// <summary><c>run</c>, <c>schedule</c> or <c>install</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Whose it is.</summary>
    public required string Tenant { get; init; }

    public required string InstallId { get; init; }

    /// <summary>The schedule, or that of the run, which may have been deleted since; absent for an install.</summary>
    public string? ScheduleId { get; init; }

    /// <summary>The run; absent for what is none.</summary>
    public string? RunId { get; init; }

    public static FoundIdJson Of(FoundId found) => new()
    {
        Kind = found.Run is not null ? "run" : found.Schedule is not null ? "schedule" : "install",
        Tenant = found.Scope.Tenant.Value,
        InstallId = found.Scope.Install.ToString(),
        ScheduleId = found.Schedule?.ToString(),
        RunId = found.Run?.ToString(),
    };
}
