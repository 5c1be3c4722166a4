using System.Buffers.Binary;
using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Problems;
using Escapement.Scheduling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Escapement.AspNetCore.Api.Schedules;

/// <summary>A schedule as it was.</summary>
internal static class DefinitionEndpoints
{
    public static void MapDefinitions(this RouteGroupBuilder schedules) => schedules.MapGet("/{scheduleId}/definitions", ListAsync)
        .Asks(Permission.ReadTenant)
        .Describe(
            "listScheduleDefinitions",
            "List when a schedule was due, as it was",
            "Its cron and zone over time, whether it was due at all, who made it so and when; the latest first. "
            + "Kept as long as runs are; also of a schedule that was deleted.")
        .Answers<Page<DefinitionJson>>(200);

    private static async Task<IResult> ListAsync(
        string scheduleId, HttpContext context, IDefinitionStore store, [FromQuery] string? cursor = null, [FromQuery] string? limit = null)
    {
        var query = new ListQuery();
        var (after, count) = (query.Cursor(cursor), query.Limit(limit));
        if (query.Refusal is { } refusal)
        {
            return refusal;
        }

        var scope = context.InstalledExtension().Install.Scope;
        if (!ScheduleId.TryParse(scheduleId, out var id))
        {
            return Refusal.NotFound(ScheduleMessages.NotFound);
        }

        // A place is a number among the schedule's own, and has room where others have an id.
        var before = after is { } place ? BinaryPrimitives.ReadInt32BigEndian(place.Id.ToByteArray(bigEndian: true)) : int.MaxValue;
        var found = await store.ListBeforeAsync(scope, id, before, count + 1, context.RequestAborted);
        return found.Count == 0 && after is null
            ? Refusal.NotFound(ScheduleMessages.NotFound)
            : Answer.Json(Paging.Page(found, count, DefinitionJson.Of, d => new PageCursor(d.Since, IdOf(d.Number))));
    }

    private static Guid IdOf(int number)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return new Guid(bytes, bigEndian: true);
    }
}

/// <summary>When a schedule was due, as it was for a while.</summary>
internal sealed record DefinitionJson
{
    public required string Cron { get; init; }

    public required string Timezone { get; init; }

    /// <summary>
    /// <c>due</c>; or why it was not: <c>disabled</c>, <c>install-disabled</c>, <c>deleted</c>, <c>uninstalled</c>, or <c>unplannable</c> when the
    /// host could not work out when it was due.
    /// </summary>
    public required string State { get; init; }

    /// <summary>In which window behind their due times occurrences started, in seconds.</summary>
    public required int SpreadSeconds { get; init; }

    /// <summary>From when on.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Up to when; absent for the one in force.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Who made it so.</summary>
    public required string By { get; init; }

    public static DefinitionJson Of(ScheduleDefinition d) => new()
    {
        Cron = d.Cron,
        Timezone = d.TimeZone,
        State = d.State switch
        {
            DefinitionState.Due => "due",
            DefinitionState.Disabled => "disabled",
            DefinitionState.InstallDisabled => "install-disabled",
            DefinitionState.Deleted => "deleted",
            DefinitionState.Uninstalled => "uninstalled",
            DefinitionState.Unplannable => "unplannable",
            var unknown => throw new InvalidOperationException($"A state that nobody knows: {unknown}"),
        },
        SpreadSeconds = (int)d.Spread.TotalSeconds,
        Since = d.Since,
        Until = d.Until,
        By = d.By,
    };
}
