using Escapement.AspNetCore.Api.Schedules;
using Escapement.Listing;
using Microsoft.AspNetCore.Mvc;

namespace Escapement.AspNetCore.Api.Bulk;

/// <summary>Which schedules a change of many is about: the filters of their list.</summary>
internal sealed record BulkFilterParameters
{
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

    /// <summary>Reads them, as the list does.</summary>
    public ScheduleFilter Read(ListQuery query, DateTimeOffset now) => new ScheduleListParameters
    {
        Q = Q,
        Enabled = Enabled,
        Paused = Paused,
        Failing = Failing,
        Extension = Extension,
        Endpoint = Endpoint,
        DueWithin = DueWithin,
    }.Read(query, new ListScope(Tenant: null), now).Filter;
}
