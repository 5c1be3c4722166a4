using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Problems;
using Escapement.Forecasting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Escapement.AspNetCore.Api.Forecasts;

/// <summary>What will come due, and whether the host can carry it.</summary>
internal static class ForecastEndpoints
{
    private const string What =
        "Occurrences that will start in each minute or hour, pauses and skips taken into account as they stand, against what all nodes carry. "
        + "from is now when it is absent, to a day later; by=minute goes up to 24 hours, by=hour (the default) up to 31 days. Up to a minute old.";

    public static void MapHostForecast(this RouteGroupBuilder api) =>
        api.MapGet("/forecast", GetAsync).WithTags("Forecast")
            .Asks(Permission.ReadNode)
            .Describe("getForecast", "Show what will come due", What)
            .Answers<ForecastJson>(200).Refuses(400);

    public static void MapTenantForecast(this RouteGroupBuilder tenant) =>
        tenant.MapGet("/forecast", GetAsync).WithTags("Forecast")
            .Asks(Permission.ReadTenant)
            .Describe("getTenantForecast", "Show what will come due of a tenant", What)
            .Answers<ForecastJson>(200).Refuses(400);

    private static async Task<IResult> GetAsync(
        HttpContext context,
        ForecastKeeper forecasts,
        TimeProvider time,
        [FromQuery] string? from = null,
        [FromQuery] string? to = null,
        [FromQuery] string? by = null)
    {
        if (by is not (null or "hour" or "minute"))
        {
            return Refusal.BadRequest("by", "by must be minute or hour");
        }

        var step = by == "minute" ? ForecastStep.Minute : ForecastStep.Hour;
        var now = time.GetUtcNow();
        var asked = new ListQuery();
        var begin = asked.Instant("from", from) ?? now;
        var end = asked.Instant("to", to) ?? begin.AddDays(1);
        if (asked.Refusal is { } refusal)
        {
            return refusal;
        }

        var query = new ForecastQuery(context.TenantIfAny(), ForecastQuery.Floor(begin, step), ForecastQuery.Floor(end, step), step);
        if (ForecastQuery.Floor(now, step) > query.From)
        {
            return Refusal.BadRequest("from", "from must not be in the past: what was due is in the list of runs");
        }

        if (query.Steps < 1 || query.Steps > ForecastQuery.MostSteps(step))
        {
            var most = step == ForecastStep.Minute ? "24 hours after from with by=minute" : "31 days after from";
            return Refusal.BadRequest("to", $"to must be at least one {(step == ForecastStep.Minute ? "minute" : "hour")} and at most {most}");
        }

        return Answer.Json(ForecastJson.Of(await forecasts.GetAsync(query, context.RequestAborted)));
    }
}
