using Escapement.Scheduling;

namespace Escapement.Runs;

/// <summary>
/// What a change of a schedule makes of occurrences that have come due and did not start yet: every one that waited and waits no longer gets its
/// row in the ledger, and so does every one that no claim has come to, or that pauses kept from starting, when its times are gone.
/// </summary>
internal static class GivenUp
{
    /// <summary>The rows that a change writes.</summary>
    /// <param name="before">The schedule as it was.</param>
    /// <param name="after">As it is stored.</param>
    /// <param name="outer">The pauses above it.</param>
    /// <param name="now">When it was changed.</param>
    /// <param name="time">For the rows' ids.</param>
    public static IReadOnlyList<UnstartedOccurrence> By(
        Schedule before, Schedule after, IReadOnlyCollection<Pause> outer, DateTimeOffset now, TimeProvider time)
    {
        var why = Why(before, after);
        return
        [
            .. Waited(before, after.Waiting, why, time),
            .. ScheduleRules.SameTimes(before, after) ? [] : CameDue(before, outer, why.Reason, now, time),
        ];
    }

    /// <summary>The rows of a schedule that is deleted, or whose install is disabled or removed.</summary>
    public static IReadOnlyList<UnstartedOccurrence> With(
        Schedule schedule, IReadOnlyCollection<Pause> outer, RunReason why, DateTimeOffset now, TimeProvider time) =>
        [.. Waited(schedule, null, (RunState.Abandoned, why), time), .. CameDue(schedule, outer, why, now, time)];

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

    private static IEnumerable<UnstartedOccurrence> CameDue(
        Schedule schedule, IReadOnlyCollection<Pause> outer, RunReason why, DateTimeOffset now, TimeProvider time)
    {
        var skipped = Skips.Due(schedule.Skips, schedule.NextDueAt, now - StartTime.PlaceOf(schedule))
            .Select(s => UnstartedOccurrence.Skipped(Ids.Next(time), schedule.Scope, schedule.Id, s));
        if (HeldStretch.Of(schedule, now) is not { } due)
        {
            return skipped;
        }

        var holding = PauseHold.Of(outer, schedule.Pause, schedule.Held, schedule.NextDueAt, now);
        var paused = holding switch
        {
            { IsHeld: true } => due,
            { Release: { } release } => HeldStretch.Of(schedule, release.At),
            _ => null,
        };
        return skipped.Concat(paused is not { } stretch
            ? [Abandoned(schedule, due, why, time)]
            : stretch.To == due.To
                ? [Paused(schedule, stretch, holding, time)]
                : [Paused(schedule, stretch, holding, time), Abandoned(schedule, HeldStretch.Behind(schedule, stretch, due), why, time)]);
    }

    private static UnstartedOccurrence Paused(Schedule schedule, OccurrenceRange stretch, in PauseHold holding, TimeProvider time) =>
        UnstartedOccurrence.Paused(Ids.Next(time), schedule.Scope, schedule.Id, stretch, holding.By ?? holding.Release!.By);

    private static UnstartedOccurrence Abandoned(Schedule schedule, OccurrenceRange range, RunReason why, TimeProvider time) =>
        UnstartedOccurrence.Of(Ids.Next(time), schedule.Scope, schedule.Id, range, RunState.Abandoned, why);
}
