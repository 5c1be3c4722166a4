using Escapement.Listing;
using Microsoft.AspNetCore.Mvc;

namespace Escapement.AspNetCore.Api.Schedules;

/// <summary>What a list of schedules takes besides its filters: the order and the place in it.</summary>
internal sealed record ScheduleListParameters
{
    private const int MostOutcomes = 20;

    // Each of them is a row to be found: a page of more would take longer than any other list.
    private const int MostWithOutcomes = 50;

    private static readonly Dictionary<string, ScheduleSort> Sorts = new(StringComparer.Ordinal)
    {
        ["created"] = ScheduleSort.Created,
        ["-created"] = ScheduleSort.Newest,
        ["next"] = ScheduleSort.Next,
        ["name"] = ScheduleSort.Name,
        ["-name"] = ScheduleSort.NameBackwards,
        ["failures"] = ScheduleSort.Failures,
    };

    private static readonly Dictionary<string, ScheduleSort> SortsOfAnInstall = new(Sorts, StringComparer.Ordinal)
    {
        ["lastRun"] = ScheduleSort.LastRun, ["-lastRun"] = ScheduleSort.LastRunBackwards,
    };

    [FromQuery(Name = "sort")]
    public string? Sort { get; init; }

    [FromQuery(Name = "cursor")]
    public string? Cursor { get; init; }

    [FromQuery(Name = "limit")]
    public string? Limit { get; init; }

    [FromQuery(Name = "outcomes")]
    public string? Outcomes { get; init; }

    /// <summary>How many of the last runs of each are shown; null for none.</summary>
    /// <param name="query">Keeps what is wrong.</param>
    /// <param name="limit">How many schedules a page has.</param>
    public int? ReadOutcomes(ListQuery query, int limit)
    {
        var each = query.Number("outcomes", Outcomes, 1, MostOutcomes);
        return each is null || limit <= MostWithOutcomes
            ? each
            : query.Refuse<int?>("limit", $"limit must be at most {MostWithOutcomes} where outcomes are asked for");
    }

    /// <summary>Reads all of it.</summary>
    /// <param name="query">Keeps what is wrong.</param>
    /// <param name="filter">Which schedules.</param>
    /// <param name="scope">Whose.</param>
    public ScheduleQuery Read(ListQuery query, ScheduleFilter filter, ListScope scope)
    {
        var ofOneInstall = scope.Install is not null || (scope.Tenant is not null && filter.Extension is not null);
        var sort = query.Word("sort", Sort, ofOneInstall ? SortsOfAnInstall : Sorts) ?? ScheduleSort.Created;
        var place = query.Read("cursor", Cursor, c => SchedulePlaceCursor.Read(sort, c), "the nextCursor of an earlier answer in the same order");
        return new ScheduleQuery(scope, filter, sort, place, query.Limit(Limit));
    }
}
