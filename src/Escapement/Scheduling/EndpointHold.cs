using Escapement.Audit;
using Escapement.Extensions;

namespace Escapement.Scheduling;

/// <summary>
/// The pause by which the host holds a schedule whose endpoint is not in the installed version. It ends by itself when a version, or an edit of
/// the schedule, brings an endpoint back. It does not touch whether the schedule is enabled.
/// </summary>
internal static class EndpointHold
{
    /// <summary>The pause.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="now">From when on.</param>
    /// <param name="note">Which endpoint of which version is missing; the schedule's last error too.</param>
    public static Pause Of(Guid id, DateTimeOffset now, string note) => new()
    {
        Id = id,
        Layer = PauseLayer.Schedule,
        Since = now,
        Cause = PauseCause.EndpointGone,
        Note = note.Length > Pause.MaxNote ? note[..Pause.MaxNote] : note,
        By = Actor.Host.Id,
    };

    /// <summary>Says that a version lacks an endpoint.</summary>
    public static string NoteOf(EndpointKey endpoint, string version) => $"{ScheduleMessages.EndpointNotSchedulable}: {endpoint} is not in version {version}";

    /// <summary>
    /// A schedule whose install goes to another version, up or back: held if that lacks its endpoint, and let go if it has it again. Failures in a
    /// row are set back: the new version has none yet. The same record when nothing changes.
    /// </summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="canSchedule">Whether the version has an endpoint that can be scheduled.</param>
    /// <param name="version">The version, as its publisher numbered it.</param>
    /// <param name="id">Makes the id of a pause.</param>
    /// <param name="now">The instant of the change.</param>
    public static Schedule Follow(Schedule schedule, Func<EndpointKey, bool> canSchedule, string version, Func<Guid> id, DateTimeOffset now)
    {
        var fresh = schedule.FailuresInARow == 0 ? schedule : schedule with { FailuresInARow = 0 };
        if (canSchedule(schedule.Endpoint))
        {
            return Release(fresh, now);
        }

        // One at a time: what somebody else has paused is held already, and is looked at again when it runs.
        if (schedule.Pause?.HoldsAt(now) == true)
        {
            return fresh;
        }

        var note = NoteOf(schedule.Endpoint, version);
        return fresh with { Pause = Of(id(), now, note), LastError = note };
    }

    /// <summary>A schedule that has an endpoint again.</summary>
    public static Schedule Release(Schedule schedule, DateTimeOffset now) =>
        schedule.Pause is { Cause: PauseCause.EndpointGone, EndedAt: null } hold
            ? schedule with { Pause = schedule.NextDueAt is null ? null : hold with { EndedAt = now }, LastError = null }
            : schedule;
}
