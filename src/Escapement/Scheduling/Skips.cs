namespace Escapement.Scheduling;

/// <summary>The rules on occurrences that are skipped ahead of time.</summary>
internal static class Skips
{
    /// <summary>The instants of those that count, in order.</summary>
    public static IReadOnlyList<DateTimeOffset> Counting(IReadOnlyList<OccurrenceSkip> skips) =>
        skips.Count == 0 ? [] : [.. skips.Where(s => s.Counts).Select(s => s.At).Order()];

    /// <summary>The first occurrence from one on that is not skipped; null when no date is left.</summary>
    public static DateTimeOffset? First(DateTimeOffset dueAt, IReadOnlyList<DateTimeOffset> skips, OccurrenceCalendar others) =>
        skips.Contains(dueAt) ? others.Next(dueAt) : dueAt;

    /// <summary>Those that have come due from an occurrence on, up to an instant; each gets its row.</summary>
    /// <param name="skips">The schedule's.</param>
    /// <param name="dueAt">The first occurrence that is not covered.</param>
    /// <param name="upTo">Up to which due time.</param>
    public static IEnumerable<OccurrenceSkip> Due(IReadOnlyList<OccurrenceSkip> skips, DateTimeOffset? dueAt, DateTimeOffset upTo) =>
        skips.Where(s => s.Counts && s.At >= dueAt && s.At <= upTo);

    /// <summary>
    /// What is left of them after a change: none of what lies behind, and those whose time is no occurrence any more are void, which stays to be
    /// seen until that time has passed.
    /// </summary>
    public static IReadOnlyList<OccurrenceSkip> After(Schedule changed, bool sameTimes, DateTimeOffset now)
    {
        if (changed.Skips.Count == 0)
        {
            return changed.Skips;
        }

        var from = changed.NextDueAt < now ? changed.NextDueAt.Value : now;
        var calendar = sameTimes ? null : OccurrenceCalendar.Find(changed.Cron, changed.TimeZone, out _);
        return
        [
            .. changed.Skips
                .Where(s => s.At >= from)
                .Select(s => sameTimes || !s.Counts || calendar?.Next(s.At.AddTicks(-1)) == s.At ? s : s with { VoidedAt = now }),
        ];
    }

    /// <summary>A schedule with one more, or why not.</summary>
    public static ScheduleChange Add(Schedule schedule, OccurrenceSkip skip, DateTimeOffset now)
    {
        if (schedule.Skips.Any(s => s.Counts && s.At == skip.At))
        {
            return ScheduleChange.AlreadySkipped;
        }

        if (OccurrenceCalendar.Find(schedule.Cron, schedule.TimeZone, out var problem) is not { } calendar)
        {
            return Wrong(problem!);
        }

        var place = StartTime.PlaceOf(schedule);
        if (skip.At + place <= now || skip.At < schedule.NextDueAt || calendar.Next(skip.At.AddTicks(-1)) != skip.At)
        {
            var next = calendar.Next(skip.At + place <= now ? now - place : skip.At.AddTicks(-1));
            return Wrong(next is { } at ? $"Not an occurrence to come; the next one is {Timestamps.Format(at)}" : "Not an occurrence to come; there is none");
        }

        return schedule.Skips.Count(s => s.At > now) >= OccurrenceSkip.Most
            ? Wrong($"Too many skips (max {OccurrenceSkip.Most} ahead)")
            : ScheduleChange.Done(schedule with { Skips = [.. schedule.Skips.Where(s => s.At != skip.At), skip] });
    }

    /// <summary>A schedule with one less, or why not.</summary>
    public static ScheduleChange TakeBack(Schedule schedule, DateTimeOffset at, DateTimeOffset now)
    {
        if (!schedule.Skips.Any(s => s.Counts && s.At == at))
        {
            return ScheduleChange.NotSkipped;
        }

        return at + StartTime.PlaceOf(schedule) <= now
            ? ScheduleChange.AlreadyDue
            : ScheduleChange.Done(schedule with { Skips = [.. schedule.Skips.Where(s => s.At != at)] });
    }

    private static ScheduleChange Wrong(string message) => ScheduleChange.Invalid(new Dictionary<string, string> { ["at"] = message });
}
