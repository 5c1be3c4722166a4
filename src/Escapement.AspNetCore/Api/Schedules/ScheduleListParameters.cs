using Escapement.Extensions;
using Escapement.Listing;
using Microsoft.AspNetCore.Mvc;

namespace Escapement.AspNetCore.Api.Schedules;

/// <summary>What a list of schedules takes.</summary>
internal sealed record ScheduleListParameters
{
    private const int MaxMinutes = 366 * 24 * 60;

    private static readonly Dictionary<string, ScheduleSort> Sorts = new(StringComparer.Ordinal)
    {
        ["created"] = ScheduleSort.Created, ["next"] = ScheduleSort.Next, ["name"] = ScheduleSort.Name,
    };

    private static readonly Dictionary<string, ScheduleSort> SortsOfAnInstall = new(Sorts, StringComparer.Ordinal) { ["lastRun"] = ScheduleSort.LastRun };

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

    [FromQuery(Name = "dueWithin")]
    public string? DueWithin { get; init; }

    [FromQuery(Name = "sort")]
    public string? Sort { get; init; }

    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    [FromQuery(Name = "limit")]
    public string? Limit { get; init; }

    /// <summary>Reads all of it.</summary>
    /// <param name="query">Keeps what is wrong.</param>
    /// <param name="scope">Whose schedules.</param>
    /// <param name="now">The present.</param>
    public ScheduleQuery Read(ListQuery query, ListScope scope, DateTimeOffset now)
    {
        var sort = query.Word("sort", Sort, scope.Install is null ? Sorts : SortsOfAnInstall) ?? ScheduleSort.Created;
        var text = query.Read(
            "q", Q, q => q.Trim() is { Length: > 0 and <= ScheduleFilter.MaxText } some ? some : null, $"a text of 1 to {ScheduleFilter.MaxText} characters");
        var filter = new ScheduleFilter
        {
            Text = text is null ? null : ScheduleText.Small(text),
            Enabled = query.Flag("enabled", Enabled),
            Paused = query.Word("paused", Paused, PausedWords),
            Failing = query.Flag("failing", Failing),
            Extension = Extension,
            Endpoint = Endpoint is null ? null : ReadEndpoint(query),
            DueBy = query.Number("dueWithin", DueWithin, 1, MaxMinutes) is { } minutes ? now.AddMinutes(minutes) : null,
        };
        var place = query.Read("cursor", Cursor, c => SchedulePlaceCursor.Read(sort, c), "the nextCursor of an earlier answer in the same order");
        return new ScheduleQuery(scope, filter, sort, place, query.Limit(Limit));
    }

    private EndpointKey? ReadEndpoint(ListQuery query) => Endpoint!.Split(' ') is [{ Length: > 0 } method, ['/', ..] path]
        ? new EndpointKey(method, path)
        : query.Refuse<EndpointKey?>("endpoint", "endpoint must be a method and a path such as POST /api/sync");
}
