namespace Escapement.Scheduling;

/// <summary>
/// Why a schedule fires nothing though it is enabled: enabling is the extension's, pausing is not. What comes due meanwhile does not start;
/// when the pause ends, or is made pointless by an edit, it becomes one row of the ledger.
/// </summary>
/// <param name="Since">From when on.</param>
/// <param name="Cause">What paused it.</param>
/// <param name="Note">Why, in a sentence.</param>
public sealed record SchedulePause(DateTimeOffset Since, PauseCause Cause, string Note)
{
    /// <summary>The schedule without its pause, which goes on with the first occurrence that has not started by then; as it is if it has none.</summary>
    internal static Schedule End(Schedule schedule, DateTimeOffset now) => schedule.Pause is null ? schedule : schedule with
    {
        Pause = null,
        FailuresInARow = 0,
        NextDueAt = Stretch(schedule, now) is { } stretch ? OccurrenceCalendar.For(schedule.Cron, schedule.TimeZone).Next(stretch.To) : schedule.NextDueAt,
    };

    /// <summary>The occurrences that a schedule's pause has kept from starting up to an instant; null when there are none.</summary>
    internal static OccurrenceRange? Stretch(Schedule schedule, DateTimeOffset now)
    {
        if (schedule.Pause is null || !(schedule.NextStartAt <= now) || OccurrenceCalendar.Find(schedule.Cron, schedule.TimeZone, out _) is not { } calendar)
        {
            return null;
        }

        var (from, upTo) = (schedule.NextDueAt!.Value, now - StartTime.PlaceOf(schedule));
        var to = calendar.Latest(from, upTo) ?? from;
        return new OccurrenceRange(from, to, from == to ? 1 : calendar.Count(from, to));
    }
}

/// <summary>What paused a schedule.</summary>
public enum PauseCause
{
    /// <summary>Its runs failed too often in a row (<see cref="SchedulePolicy.PauseAfterFailures"/>).</summary>
    Failures = 0,
}
