using Escapement.Scheduling;

namespace Escapement.Runs;

/// <summary>
/// What a change of a schedule makes of occurrences that have come due and did not start yet: every one that waited and waits no longer gets its
/// row in the ledger, and so does the stretch that a pause kept from starting, when no more can belong to it.
/// </summary>
internal static class GivenUp
{
    /// <summary>The rows that a change writes.</summary>
    /// <param name="before">The schedule as it was.</param>
    /// <param name="after">As it is stored.</param>
    /// <param name="now">When it was changed.</param>
    /// <param name="time">For the rows' ids.</param>
    public static IReadOnlyList<UnstartedOccurrence> By(Schedule before, Schedule after, DateTimeOffset now, TimeProvider time) =>
        [.. Waited(before, after.Waiting, Why(before, after), time), .. ScheduleRules.ClosesPause(before, after) ? Paused(before, now, time) : []];

    /// <summary>The rows of a schedule that is deleted, or whose install is disabled or removed.</summary>
    public static IReadOnlyList<UnstartedOccurrence> With(Schedule schedule, RunReason why, DateTimeOffset now, TimeProvider time) =>
        [.. Waited(schedule, null, (RunState.Abandoned, why), time), .. Paused(schedule, now, time)];

    private static (RunState State, RunReason Reason) Why(Schedule before, Schedule after)
    {
        if (!before.Enabled || !after.Enabled)
        {
            return (RunState.Abandoned, RunReason.ScheduleDisabled);
        }

        return before.Cron != after.Cron || before.TimeZone != after.TimeZone
            ? (RunState.Abandoned, RunReason.ScheduleChanged)
            : (RunState.Missed, RunReason.Superseded);
    }

    private static IEnumerable<UnstartedOccurrence> Waited(Schedule schedule, Waiting? kept, (RunState State, RunReason Reason) why, TimeProvider time)
    {
        if (schedule.Waiting is not { } waiting || waiting.Equals(kept))
        {
            return [];
        }

        OccurrenceRange[] due = waiting.Due is { } first && kept?.Due != first ? [OccurrenceRange.Of(first)] : [];
        return due.Concat(waiting.CatchUp.Except(kept?.CatchUp ?? []))
            .Select(r => UnstartedOccurrence.Of(Ids.Next(time), schedule.Scope, schedule.Id, r, why.State, why.Reason));
    }

    // Under its last occurrence: the first may have a row of another kind from before a clock was set back.
    private static IEnumerable<UnstartedOccurrence> Paused(Schedule schedule, DateTimeOffset now, TimeProvider time) =>
        SchedulePause.Stretch(schedule, now) is { } stretch
            ? [new(Ids.Next(time), schedule.Scope, schedule.Id, stretch.To, RunState.Skipped, RunReason.Paused, stretch)]
            : [];
}
