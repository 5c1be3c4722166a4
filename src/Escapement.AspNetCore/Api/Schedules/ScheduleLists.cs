using System.Diagnostics.CodeAnalysis;
using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.Listing;
using Escapement.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.AspNetCore.Api.Schedules;

/// <summary>Schedules over installs: of a tenant, and for those who have all tenants of all.</summary>
internal static class ScheduleLists
{
    /// <summary>What is to know about every list of schedules.</summary>
    public const string Description =
        "Sorted by sort: created (oldest first), next (over installs what is paused, or is to be skipped, keeps its place until it comes due), name or "
        + "failures (the most in a row first). Filters: q (from three characters on any part of name or endpoint, below that the beginning of its name), "
        + "enabled, paused (true, false, or the layer: host, tenant, install or schedule), failing, extension, endpoint, cron, timezone (as they stand), "
        + "dueWithin (minutes). With outcomes (1 to 20; limit up to 50) each has so many of its last runs in short. A page may be short and have a "
        + "nextCursor all the same.";

    public static void MapTenantSchedules(this RouteGroupBuilder tenant) => tenant.MapGet("/schedules", ListOfTenantAsync).WithTags("Schedules")
        .Asks(Permission.ReadTenant)
        .Describe("listTenantSchedules", "List a tenant's schedules", $"{Description} Of one extension by lastRun and -lastRun too. Without payloads.")
        .Answers<Page<ListedScheduleJson>>(200);

    public static void MapAllSchedules(this RouteGroupBuilder api) => api.MapGet("/schedules", ListOfAllAsync).WithTags("Schedules")
        .Asks(Permission.ReadNode)
        .Describe("listAllSchedules", "List all tenants' schedules", $"{Description} Without payloads.")
        .Answers<Page<ListedScheduleJson>>(200);

    private static Task<IResult> ListOfTenantAsync(
        HttpContext context,
        ScheduleListing listing,
        TimeProvider time,
        [AsParameters] ScheduleFilterParameters filter,
        [AsParameters] ScheduleListParameters asked) =>
        ListAsync(context, listing, (filter, asked), new ListScope(context.Tenant()), time, ListedScheduleJson.Of);

    private static Task<IResult> ListOfAllAsync(
        HttpContext context,
        ScheduleListing listing,
        TimeProvider time,
        [AsParameters] ScheduleFilterParameters filter,
        [AsParameters] ScheduleListParameters asked) =>
        ListAsync(context, listing, (filter, asked), new ListScope(Tenant: null), time, ListedScheduleJson.Of);

    /// <summary>Answers a page.</summary>
    public static async Task<IResult> ListAsync<T>(
        HttpContext context,
        ScheduleListing listing,
        (ScheduleFilterParameters Filter, ScheduleListParameters Page) asked,
        ListScope scope,
        TimeProvider time,
        Func<ListedSchedule, IReadOnlyList<RunBrief>?, T> show)
    {
        var query = new ListQuery();
        var wanted = asked.Page.Read(query, asked.Filter.Read(query, time.GetUtcNow()), scope);
        var outcomes = asked.Page.ReadOutcomes(query, wanted.Limit);
        if (query.Refusal is { } refusal)
        {
            return refusal;
        }

        var (items, last) = await listing.ListAsync(wanted, context.RequestAborted);
        var runs = outcomes is not { } each ? null : await context.RequestServices.GetRequiredService<IRunStore>()
            .ListLastAsync([.. items.Select(s => (s.Schedule.Scope.Tenant, s.Schedule.Id))], each, context.RequestAborted);
        return Answer.Json(new Page<T>(
            [.. items.Select(s => show(s, runs?[s.Schedule.Id]))], last is null ? null : SchedulePlaceCursor.Write(wanted.Sort, last)));
    }
}

/// <summary>A schedule in a list over installs.</summary>
internal sealed record ListedScheduleJson : ScheduleSummaryJson
{
    [SetsRequiredMembers]
    private ListedScheduleJson(ListedSchedule listed, IReadOnlyList<RunBrief>? outcomes)
        : base(ScheduleSummaryJson.Of(listed.Schedule, listed.Pauses, outcomes))
    {
        Tenant = listed.Schedule.Scope.Tenant.Value;
        ExtensionId = listed.ExtensionId;
    }

    /// <summary>Whose it is.</summary>
    public required string Tenant { get; init; }

    /// <summary>The extension that it is of.</summary>
    public required string ExtensionId { get; init; }

    public static ListedScheduleJson Of(ListedSchedule listed, IReadOnlyList<RunBrief>? outcomes) => new(listed, outcomes);
}
