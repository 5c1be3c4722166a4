using Escapement.Extensions;
using Escapement.Listing;
using Microsoft.AspNetCore.Mvc;

namespace Escapement.AspNetCore.Api.Schedules;

/// <summary>Which schedules: of a list, and of a change of many.</summary>
internal sealed record ScheduleFilterParameters
{
    private const int MaxMinutes = 366 * 24 * 60;

    private static readonly Dictionary<string, PausedFilter> PausedWords = new(StringComparer.Ordinal)
    {
        ["true"] = PausedFilter.Any, ["false"] = PausedFilter.Not, ["host"] = PausedFilter.ByHost, ["tenant"] = PausedFilter.ByTenant,
        ["install"] = PausedFilter.ByInstall, ["schedule"] = PausedFilter.ByItself,
    };

    [FromQuery(Name = "q")]
    public string? Q { get; init; }

    [FromQuery(Name = "enabled")]
    public string? Enabled { get; init; }

    [FromQuery(Name = "paused")]
    public string? Paused { get; init; }

    [FromQuery(Name = "failing")]
    public string? Failing { get; init; }

    [FromQuery(Name = "extension")]
    public string? Extension { get; init; }

    [FromQuery(Name = "endpoint")]
    public string? Endpoint { get; init; }

    [FromQuery(Name = "cron")]
    public string? Cron { get; init; }

    [FromQuery(Name = "timezone")]
    public string? Timezone { get; init; }

    [FromQuery(Name = "dueWithin")]
    public string? DueWithin { get; init; }

    /// <summary>Reads all of it.</summary>
    /// <param name="query">Keeps what is wrong.</param>
    /// <param name="now">The present.</param>
    public ScheduleFilter Read(ListQuery query, DateTimeOffset now)
    {
        var text = query.Read(
            "q", Q, q => q.Trim() is { Length: > 0 and <= ScheduleFilter.MaxText } some ? some : null, $"a text of 1 to {ScheduleFilter.MaxText} characters");
        return new ScheduleFilter
        {
            Text = text is null ? null : ScheduleText.Small(text),
            Enabled = query.Flag("enabled", Enabled),
            Paused = query.Word("paused", Paused, PausedWords),
            Failing = query.Flag("failing", Failing),
            Extension = Extension,
            Cron = Cron,
            TimeZone = Timezone,
            Endpoint = Endpoint is null ? null : ReadEndpoint(query),
            DueBy = query.Number("dueWithin", DueWithin, 1, MaxMinutes) is { } minutes ? now.AddMinutes(minutes) : null,
        };
    }

    private EndpointKey? ReadEndpoint(ListQuery query) => Endpoint!.Split(' ') is [{ Length: > 0 } method, ['/', ..] path]
        ? new EndpointKey(method, path)
        : query.Refuse<EndpointKey?>("endpoint", "endpoint must be a method and a path such as POST /api/sync");
}
