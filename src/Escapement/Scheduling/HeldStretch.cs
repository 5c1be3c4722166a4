namespace Escapement.Scheduling;

/// <summary>The occurrences of a schedule that have come due and were not started: what pauses kept, or what an edit gives up.</summary>
internal static class HeldStretch
{
    /// <summary>Those that start up to an instant; null when there are none.</summary>
    /// <param name="dueAt">The first that is not covered.</param>
    /// <param name="calendar">The occurrences.</param>
    /// <param name="place">By how much they start after they are due: pauses count from the start time.</param>
    /// <param name="end">Up to when.</param>
    public static OccurrenceRange? Of(DateTimeOffset dueAt, OccurrenceCalendar calendar, TimeSpan place, DateTimeOffset end)
    {
        if (dueAt > end - place)
        {
            return null;
        }

        var to = calendar.Latest(dueAt, end - place) ?? dueAt;
        return Between(calendar, dueAt, to);
    }

    /// <summary>The same of a stored schedule, without what is skipped ahead of time; null too for one that cannot be read here.</summary>
    public static OccurrenceRange? Of(Schedule schedule, DateTimeOffset end)
    {
        if (schedule.NextDueAt is not { } due || OccurrenceCalendar.Find(schedule.Cron, schedule.TimeZone, out _) is not { } all)
        {
            return null;
        }

        var skips = Skips.Counting(schedule.Skips);
        var calendar = all.Without(skips);
        return Skips.First(due, skips, calendar) is { } first
            ? Of(first, calendar, StartTime.PlaceOf(schedule.Id, schedule.Policy.Spread, all), end)
            : null;
    }

    /// <summary>
    /// Of those that would start up to the end of a pause, the ones young enough for it to run: however long the pause is, no more than those are counted.
    /// </summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="end">When the pause ends.</param>
    /// <param name="window">How old they may be, where the policy does not say.</param>
    public static OccurrenceRange? Recent(Schedule schedule, DateTimeOffset end, TimeSpan window)
    {
        var oldest = end - (schedule.Policy.CatchUp ?? window);
        return schedule.NextDueAt < oldest && OccurrenceCalendar.Find(schedule.Cron, schedule.TimeZone, out _) is { } calendar
            ? Of(schedule with { NextDueAt = calendar.Next(oldest.AddTicks(-1)) }, end)
            : Of(schedule, end);
    }

    /// <summary>The latest of a schedule's occurrences that start up to an instant and are not covered, skipped or not; null when there is none.</summary>
    public static DateTimeOffset? LastUpTo(Schedule schedule, DateTimeOffset end) => Of(schedule with { Skips = [] }, end)?.To;

    /// <summary>What is left of a stretch behind its first part.</summary>
    public static OccurrenceRange Behind(Schedule schedule, OccurrenceRange first, OccurrenceRange all) => new(
        OccurrenceCalendar.For(schedule.Cron, schedule.TimeZone).Without(Skips.Counting(schedule.Skips)).Next(first.To) ?? all.To,
        all.To,
        all.Count - first.Count);

    /// <summary>Divides a stretch into what the end of the pause runs and what it leaves; all within the window that catching up has.</summary>
    /// <param name="stretch">The stretch.</param>
    /// <param name="release">How it was let go.</param>
    /// <param name="calendar">The occurrences.</param>
    /// <param name="policy">How many may be caught up, and how old they may be.</param>
    /// <param name="hostsWindow">How old, where the policy does not say.</param>
    /// <param name="place">By how much occurrences start after they are due.</param>
    public static (OccurrenceRange? Skipped, OccurrenceRange? Taken) Divide(
        OccurrenceRange stretch, PauseRelease release, OccurrenceCalendar calendar, SchedulePolicy policy, TimeSpan hostsWindow, TimeSpan place)
    {
        if (release.ShownAt is not { } shown || Of(stretch.From, calendar, place, shown) is not { } seen)
        {
            return release.ShownAt is null ? Divide(stretch, release.At, release.OnEnd, calendar, policy, hostsWindow) : (stretch, null);
        }

        var (skipped, taken) = Divide(seen, shown, release.OnEnd, calendar, policy, hostsWindow);
        if (taken is not { } runs || seen.To == stretch.To)
        {
            return taken is null ? (stretch, null) : (skipped, taken);
        }

        // What came due since lies behind what runs, and is left out with what lies before it.
        var from = skipped?.From ?? calendar.Next(runs.To) ?? stretch.To;
        return (new OccurrenceRange(from, stretch.To, stretch.Count - runs.Count), runs);
    }

    private static (OccurrenceRange? Skipped, OccurrenceRange? Taken) Divide(
        OccurrenceRange stretch, DateTimeOffset at, PauseEnd onEnd, OccurrenceCalendar calendar, SchedulePolicy policy, TimeSpan hostsWindow)
    {
        var oldest = at - (policy.CatchUp ?? hostsWindow);
        if (onEnd == PauseEnd.Next || stretch.To < oldest)
        {
            return (stretch, null);
        }

        var from = onEnd == PauseEnd.Latest ? stretch.To : stretch.From;
        from = from < oldest ? calendar.Next(oldest.AddTicks(-1)) ?? stretch.To : from;
        var taken = Between(calendar, from, stretch.To);
        while (taken.Count > policy.MissedMax)
        {
            taken = new OccurrenceRange(calendar.Next(taken.From) ?? taken.To, taken.To, taken.Count - 1);
        }

        return taken.From == stretch.From
            ? (null, taken)
            : (new OccurrenceRange(stretch.From, calendar.Latest(stretch.From, taken.From.AddTicks(-1)) ?? stretch.From, stretch.Count - taken.Count), taken);
    }

    private static OccurrenceRange Between(OccurrenceCalendar calendar, DateTimeOffset from, DateTimeOffset to) =>
        new(from, to, from == to ? 1 : calendar.Count(from, to));
}
