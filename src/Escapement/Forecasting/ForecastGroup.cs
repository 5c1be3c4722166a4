using System.Globalization;
using Escapement.Scheduling;

namespace Escapement.Forecasting;

/// <summary>
/// Schedules that start at the same instants: a hundred thousand schedules have some thousand distinct times, and only those are worked out.
/// </summary>
/// <param name="Cron">The expression.</param>
/// <param name="TimeZone">The zone.</param>
/// <param name="Place">How many minutes after the due time they start, for their spread.</param>
/// <param name="Hold">What holds them; null when nothing does.</param>
/// <param name="Skips">Occurrences that are not to run, apart from one another by blanks; empty for none.</param>
internal readonly record struct ForecastGroup(string Cron, string TimeZone, int Place, ForecastHold? Hold, string Skips)
{
    public static ForecastGroup Of(PlannedSchedule schedule, IReadOnlyList<Pause> above, DateTimeOffset now, TimeSpan catchUpWindow)
    {
        var place = schedule.Policy.Spread > TimeSpan.Zero && OccurrenceCalendar.Find(schedule.Cron, schedule.TimeZone, out _) is { } calendar
            ? (int)StartTime.PlaceOf(schedule.Id, schedule.Policy.Spread, calendar).TotalMinutes
            : 0;
        var skips = schedule.Skips.Where(s => s.Counts).Select(s => s.At).Order();
        return new ForecastGroup(
            schedule.Cron,
            schedule.TimeZone,
            place,
            ForecastHold.Of(schedule, above, now, catchUpWindow),
            string.Join(' ', skips.Select(s => s.UtcTicks)));
    }

    /// <summary>How many start in each step, of one schedule; empty for times that cannot be read.</summary>
    /// <param name="query">The steps.</param>
    /// <param name="now">Nothing starts before.</param>
    public IReadOnlyList<int> Count(ForecastQuery query, DateTimeOffset now)
    {
        if (OccurrenceCalendar.Find(Cron, TimeZone, out _) is not { } all)
        {
            return [];
        }

        var calendar = Skips.Length == 0
            ? all
            : all.Without([.. Skips.Split(' ').Select(s => new DateTimeOffset(long.Parse(s, CultureInfo.InvariantCulture), TimeSpan.Zero))]);
        var counts = new int[query.Steps];
        var place = TimeSpan.FromMinutes(Place);

        // What is due then starts in the steps: later than now, and later than the end of what holds it.
        var first = Latest(query.From - TimeSpan.FromTicks(1), now, Hold?.Until ?? DateTimeOffset.MinValue) - place;
        var last = query.To - TimeSpan.FromTicks(1) - place;
        if (Hold is { } hold)
        {
            AddReleased(hold, calendar, query, counts);
        }

        if (Hold is { Until: null } || first >= last)
        {
            return counts;
        }

        // Few are walked from one to the next; of many, each step is counted.
        if (calendar.Count(first + TimeSpan.FromTicks(1), last) < counts.Length)
        {
            for (var at = calendar.Next(first); at <= last; at = calendar.Next(at.Value))
            {
                counts[IndexOf(at.Value + place, query)]++;
            }
        }
        else
        {
            for (var i = IndexOf(first + place + TimeSpan.FromTicks(1), query); i < counts.Length; i++)
            {
                var begin = query.From + (i * query.Step) - place;
                counts[i] += calendar.Count(begin > first ? begin : first + TimeSpan.FromTicks(1), begin + query.Step - TimeSpan.FromTicks(1));
            }
        }

        return counts;
    }

    private static void AddReleased(ForecastHold hold, OccurrenceCalendar calendar, ForecastQuery query, int[] counts)
    {
        if (hold.Until is not { } until || until < query.From || until >= query.To || hold.Released <= TimeSpan.Zero)
        {
            return;
        }

        var oldest = Latest(hold.Since, until - hold.Released);
        counts[IndexOf(until, query)] += Math.Min(hold.MostReleased, calendar.Count(oldest + TimeSpan.FromTicks(1), until));
    }

    private static DateTimeOffset Latest(params ReadOnlySpan<DateTimeOffset> instants)
    {
        var latest = instants[0];
        foreach (var instant in instants)
        {
            latest = instant > latest ? instant : latest;
        }

        return latest;
    }

    private static int IndexOf(DateTimeOffset at, ForecastQuery query) => (int)((at - query.From) / query.Step);
}
