namespace Escapement.Scheduling;

/// <summary>
/// When a stored schedule is due next, or why that cannot be said. What is stored was good once; a host with other time zone
/// data may no longer be able to read it, and then this one schedule is broken and no other.
/// </summary>
/// <param name="At">The occurrence; null when no date is left, and when the schedule is broken.</param>
/// <param name="Broken">Why there is no telling, at most 4,000 characters; null when nothing is wrong.</param>
internal readonly record struct NextOccurrence(DateTimeOffset? At, string? Broken = null)
{
    private const int MaxText = 4_000;

    /// <summary>The first occurrence strictly later than an instant. Never throws.</summary>
    internal static NextOccurrence After(string cron, string timeZone, DateTimeOffset after)
    {
        try
        {
            return OccurrenceCalendar.Find(cron, timeZone, out var problem) is { } calendar
                ? new NextOccurrence(calendar.Next(after))
                : new NextOccurrence(null, problem);
        }
        catch (Exception e)
        {
            return new NextOccurrence(null, Describe(e));
        }
    }

    /// <summary>
    /// A schedule that is enabled again, by itself or with its install: it goes on with the first occurrence from now on, and after the latest
    /// in the ledger: a clock that was set back must not fire one again. One that is broken is disabled and says why.
    /// </summary>
    internal static Schedule Resume(Schedule schedule, DateTimeOffset now)
    {
        var (at, broken) = After(schedule.Cron, schedule.TimeZone, schedule.LastDueAt > now ? schedule.LastDueAt.Value : now);
        return schedule with { Enabled = broken is null, NextDueAt = at, LastError = broken ?? schedule.LastError };
    }

    /// <summary>The text for a failure that nobody foresaw.</summary>
    internal static string Describe(Exception e)
    {
        var text = $"The next occurrence cannot be computed: {e.Message}";
        return text.Length > MaxText ? text[..MaxText] : text;
    }
}
