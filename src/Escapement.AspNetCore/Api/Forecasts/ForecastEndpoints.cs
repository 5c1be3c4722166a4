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

    private const string WhatSchedules =
        "All schedules behind one step of the forecast, those with the most occurrences in it first: the minute or hour (by, as there) in which at lies, "
        + "now when it is absent. Up to a minute old.";

    private static readonly Dictionary<string, ForecastStep> Steps = new(StringComparer.Ordinal)
    {
        ["minute"] = ForecastStep.Minute, ["hour"] = ForecastStep.Hour,
    };

    public static void MapHostForecast(this RouteGroupBuilder api)
    {
        api.MapGet("/forecast", GetOfAllAsync).WithTags("Forecast")
            .Asks(Permission.ReadNode)
            .Describe("getForecast", "Show what will come due", What)
            .Answers<ForecastJson>(200).Refuses(400);
        api.MapGet("/forecast/schedules", ListOfAllAsync).WithTags("Forecast")
            .Asks(Permission.ReadNode)
            .Describe("listForecastSchedules", "List what comes due in a minute or an hour", WhatSchedules)
            .Answers<Page<ForecastOccurrencesJson>>(200).Refuses(400);
    }

    public static void MapTenantForecast(this RouteGroupBuilder tenant)
    {
        tenant.MapGet("/forecast", GetOfTenantAsync).WithTags("Forecast")
            .Asks(Permission.ReadTenant)
            .Describe(
                "getTenantForecast",
                "Show what will come due of a tenant",
                $"{What} installId and scheduleId: only of that install, or of that schedule of it.")
            .Answers<ForecastJson>(200).Refuses(400);
        tenant.MapGet("/forecast/schedules", ListOfTenantAsync).WithTags("Forecast")
            .Asks(Permission.ReadTenant)
            .Describe("listTenantForecastSchedules", "List what comes due of a tenant in a minute or an hour", $"{WhatSchedules} installId: of that install alone.")
            .Answers<Page<ForecastOccurrencesJson>>(200).Refuses(400);
    }

    private static Task<IResult> ListOfAllAsync(
        HttpContext context,
        ForecastList list,
        TimeProvider time,
        [FromQuery] string? at = null,
        [FromQuery] string? by = null,
        [FromQuery] string? cursor = null,
        [FromQuery] string? limit = null) => ListAsync(context, list, time, (at, by), (cursor, limit), new ListQuery(), install: null);

    private static Task<IResult> ListOfTenantAsync(
        HttpContext context,
        ForecastList list,
        TimeProvider time,
        [FromQuery] string? at = null,
        [FromQuery] string? by = null,
        [FromQuery] string? installId = null,
        [FromQuery] string? cursor = null,
        [FromQuery] string? limit = null)
    {
        var asked = new ListQuery();
        return ListAsync(context, list, time, (at, by), (cursor, limit), asked, asked.Id("installId", installId, "an install's id"));
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        ForecastList list,
        TimeProvider time,
        (string? At, string? By) step,
        (string? Cursor, string? Limit) page,
        ListQuery asked,
        Guid? install)
    {
        var by = asked.Word("by", step.By, Steps) ?? ForecastStep.Hour;
        var now = time.GetUtcNow();
        var at = ForecastQuery.Floor(asked.Instant("at", step.At) ?? now, by);
        var after = asked.Read("cursor", page.Cursor, ForecastOccurrencesJson.ReadPlace, "the nextCursor of an earlier answer");
        var limit = asked.Limit(page.Limit);
        if (asked.Refusal is { } refusal)
        {
            return refusal;
        }

        if (at < ForecastQuery.Floor(now, by))
        {
            return Refusal.BadRequest("at", "at must not be in the past: what was due is in the list of runs");
        }

        var query = new ForecastQuery(context.TenantIfAny(), at, at + ForecastQuery.LengthOf(by), by)
        {
            Install = install is { } only ? new InstallId(only) : null,
        };
        var found = await list.ListAsync(query, after, limit + 1, context.RequestAborted);
        return Answer.Json(new Page<ForecastOccurrencesJson>(
            [.. found.Take(limit).Select(ForecastOccurrencesJson.Of)],
            found.Count > limit ? ForecastOccurrencesJson.WritePlace(ForecastPlace.Of(found[limit - 1])) : null));
    }

    private static Task<IResult> GetOfAllAsync(
        HttpContext context,
        ForecastKeeper forecasts,
        TimeProvider time,
        [FromQuery] string? from = null,
        [FromQuery] string? to = null,
        [FromQuery] string? by = null) => MakeAsync(context, forecasts, time, (from, to, by), new ListQuery(), install: null, schedule: null);

    private static Task<IResult> GetOfTenantAsync(
        HttpContext context,
        ForecastKeeper forecasts,
        TimeProvider time,
        [FromQuery] string? from = null,
        [FromQuery] string? to = null,
        [FromQuery] string? by = null,
        [FromQuery] string? installId = null,
        [FromQuery] string? scheduleId = null)
    {
        var asked = new ListQuery();
        var (install, schedule) = (asked.Id("installId", installId, "an install's id"), asked.Id("scheduleId", scheduleId, "a schedule's id"));
        if (schedule is not null && install is null)
        {
            asked.Refuse<string>("installId", "installId is needed with scheduleId: the install that the schedule is of");
        }

        return MakeAsync(context, forecasts, time, (from, to, by), asked, install, schedule);
    }

    private static async Task<IResult> MakeAsync(
        HttpContext context,
        ForecastKeeper forecasts,
        TimeProvider time,
        (string? From, string? To, string? By) range,
        ListQuery asked,
        Guid? install,
        Guid? schedule)
    {
        var (from, to, by) = range;
        var step = asked.Word("by", by, Steps) ?? ForecastStep.Hour;
        var now = time.GetUtcNow();
        var begin = asked.Instant("from", from) ?? now;
        var end = asked.Instant("to", to) ?? begin.AddDays(1);
        if (asked.Refusal is { } refusal)
        {
            return refusal;
        }

        var query = new ForecastQuery(context.TenantIfAny(), ForecastQuery.Floor(begin, step), ForecastQuery.Floor(end, step), step)
        {
            Install = install is { } only ? new InstallId(only) : null,
            Schedule = schedule is { } one ? new ScheduleId(one) : null,
        };
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
