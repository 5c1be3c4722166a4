using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.Nodes;
using Escapement.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Escapement.AspNetCore.Api.Runs;

/// <summary>How punctual the host is.</summary>
internal static class LatenessEndpoints
{
    private const string What =
        "By how much occurrences of the last ten minutes started late, of the last 1,000 runs, and how many are due and have not started. What a pause holds "
        + "is not due.";

    public static void MapTenantLateness(this RouteGroupBuilder tenant) => tenant.MapGet("/lateness", ReadAsync).WithTags("Runs")
        .Asks(Permission.ReadTenant)
        .Describe("getTenantLateness", "Show how punctually a tenant's schedules start", What)
        .Answers<LatenessJson>(200);

    public static void MapAllLateness(this RouteGroupBuilder api) => api.MapGet("/lateness", ReadAsync).WithTags("Runs")
        .Asks(Permission.ReadNode)
        .Describe("getLateness", "Show how punctually all tenants' schedules start", What)
        .Answers<LatenessJson>(200);

    private static async Task<IResult> ReadAsync(HttpContext context, LatenessReader reader, INodeStore nodes, NodeSilence silence, TimeProvider time)
    {
        var late = await reader.ReadAsync(context.TenantIfAny(), context.RequestAborted);
        var now = time.GetUtcNow();
        return Answer.Json(LatenessJson.Of(late, (await nodes.ListAsync(context.RequestAborted)).Any(n => n.TakesWorkAt(now, silence.Limit))));
    }
}

/// <summary>How punctually occurrences started in the last minutes, and what is due and has not started.</summary>
internal sealed record LatenessJson
{
    /// <summary>From when on occurrences were looked at, by their due time.</summary>
    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    /// <summary>How many started, of those that were looked at.</summary>
    public required int Starts { get; init; }

    /// <summary>By how many milliseconds half of them started late at most; absent for none.</summary>
    public long? MedianMs { get; init; }

    /// <summary>The same of 99 in 100.</summary>
    public long? P99Ms { get; init; }

    /// <summary>How many occurrences are due and have not started.</summary>
    public required int Waiting { get; init; }

    /// <summary>When the first of those was to start; absent for none.</summary>
    public DateTimeOffset? OldestWaitingAt { get; init; }

    /// <summary>Whether any node takes what comes due; false where all were drained, stopped or lost.</summary>
    public required bool TakesWork { get; init; }

    public static LatenessJson Of(Lateness l, bool takesWork) => new()
    {
        From = l.From,
        To = l.To,
        Starts = l.Starts,
        MedianMs = (long?)l.Median?.TotalMilliseconds,
        P99Ms = (long?)l.Most?.TotalMilliseconds,
        Waiting = l.Waiting.Count,
        OldestWaitingAt = l.Waiting.OldestAt,
        TakesWork = takesWork,
    };
}
