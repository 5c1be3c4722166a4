using Escapement.Scheduling;

namespace Escapement.AspNetCore.Api.Schedules;

/// <summary>How a deleted schedule is to come back.</summary>
/// <param name="Name">What it is called from then on; absent for the name that it had.</param>
internal sealed record RestoreScheduleRequest(string? Name = null);

internal sealed record DeletedScheduleJson
{
    /// <summary>As it was when it was deleted.</summary>
    public required ScheduleJson Schedule { get; init; }

    public required DateTimeOffset RemovedAt { get; init; }

    /// <summary>Who deleted it.</summary>
    public required string RemovedBy { get; init; }

    /// <summary>Until when it can be restored.</summary>
    public required DateTimeOffset RestorableUntil { get; init; }

    public static DeletedScheduleJson Of(RemovedSchedule removed, IReadOnlyList<Pause> pauses, DateTimeOffset until) => new()
    {
        Schedule = ScheduleJson.Of(removed.Schedule, pauses),
        RemovedAt = removed.RemovedAt,
        RemovedBy = removed.RemovedBy,
        RestorableUntil = until,
    };
}
