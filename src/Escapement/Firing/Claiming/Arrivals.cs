using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Firing.Claiming;

/// <summary>
/// What came due since a schedule was looked at last, sorted by its policy on missed occurrences: those that will not run, those that join a
/// catch-up, and the one that is due now.
/// </summary>
/// <param name="Next">The first occurrence that is not due yet; null when no date is left.</param>
/// <param name="Last">The latest that is due; null when none is.</param>
/// <param name="Missed">Those that will not run.</param>
/// <param name="Late">Those that are to be caught up one after the other.</param>
/// <param name="Current">The one that is to run now, if its turn has come.</param>
internal readonly record struct Arrivals(
    DateTimeOffset? Next, DateTimeOffset? Last, MissedOccurrences? Missed = null, OccurrenceRange? Late = null, DateTimeOffset? Current = null)
{
    // An occurrence that starts within this time is not late: a busy host is no outage, and what is due at one instant takes its turn.
    public static readonly TimeSpan Punctual = TimeSpan.FromMinutes(1);

    /// <summary>Sorts what is due.</summary>
    /// <param name="due">The schedule.</param>
    /// <param name="calendar">Its occurrences.</param>
    /// <param name="now">Up to when they are due.</param>
    /// <param name="hostsWindow">The host's catch-up window.</param>
    public static Arrivals Of(in DueSchedule due, OccurrenceCalendar calendar, DateTimeOffset now, TimeSpan hostsWindow)
    {
        if (due.DueAt > now)
        {
            return new Arrivals(due.DueAt == DateTimeOffset.MaxValue ? null : due.DueAt, Last: null);
        }

        // The common case, one occurrence due a moment ago, costs one look at the calendar.
        var after = calendar.Next(due.DueAt);
        if (after is null || after > now)
        {
            return Sort(due, due.DueAt, after, calendar, now, hostsWindow);
        }

        var latest = calendar.Latest(due.DueAt, now) ?? after.Value;
        return Sort(due, latest, calendar.Next(latest), calendar, now, hostsWindow);
    }

    private static Arrivals Sort(
        in DueSchedule due, DateTimeOffset latest, DateTimeOffset? next, OccurrenceCalendar calendar, DateTimeOffset now, TimeSpan hostsWindow)
    {
        var (missed, catchUp) = (due.Policy.Missed, due.Policy.CatchUp ?? hostsWindow);
        var window = missed == MissedPolicy.None || catchUp < Punctual ? Punctual : catchUp;
        if (now - latest > window)
        {
            var reason = missed == MissedPolicy.None ? RunReason.NotCaughtUp : RunReason.OutsideCatchUpWindow;
            return new Arrivals(next, latest, new MissedOccurrences(due.DueAt, latest, Count(calendar, due.DueAt, latest), reason));
        }

        if (missed != MissedPolicy.All)
        {
            return new Arrivals(next, latest, Before(latest, due.DueAt, calendar), Current: latest);
        }

        if (due.DueAt == latest && now - latest <= Punctual)
        {
            return new Arrivals(next, latest, Current: latest);
        }

        var late = Newest(due.DueAt, latest, now - window, due.Policy.MissedMax, calendar);
        return new Arrivals(next, latest, Before(late.From, due.DueAt, calendar), late);
    }

    // The newest of those that are due, so many at most and none from before an instant; the latest is among them.
    private static OccurrenceRange Newest(DateTimeOffset first, DateTimeOffset latest, DateTimeOffset oldest, int max, OccurrenceCalendar calendar)
    {
        var from = first < oldest ? calendar.Next(oldest.AddTicks(-1)) ?? latest : first;
        var count = Count(calendar, from, latest);
        for (; count > max; count--)
        {
            from = calendar.Next(from) ?? latest;
        }

        return new OccurrenceRange(from, latest, count);
    }

    // Those that are due before another takes their place.
    private static MissedOccurrences? Before(DateTimeOffset taken, DateTimeOffset first, OccurrenceCalendar calendar)
    {
        if (first == taken)
        {
            return null;
        }

        var last = calendar.Latest(first, taken.AddTicks(-1)) ?? first;
        return new MissedOccurrences(first, last, Count(calendar, first, last), RunReason.Superseded);
    }

    private static int Count(OccurrenceCalendar calendar, DateTimeOffset from, DateTimeOffset to) => from == to ? 1 : calendar.Count(from, to);
}
