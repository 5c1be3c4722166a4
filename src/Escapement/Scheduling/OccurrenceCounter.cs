using System.Numerics;

namespace Escapement.Scheduling;

/// <summary>
/// Counts occurrences. While a zone's offset stands still they are the wall-clock matches, which multiplication counts;
/// days near a change of offset are walked.
/// </summary>
internal sealed class OccurrenceCounter(CronFields fields, TimeZoneInfo zone, Func<DateTimeOffset, DateTimeOffset?> next)
{
    private readonly int perDay = BitOperations.PopCount(fields.Minutes) * BitOperations.PopCount(fields.Hours);

    /// <summary>How many, both ends included.</summary>
    public int Count(DateTimeOffset from, DateTimeOffset to)
    {
        var total = 0L;
        var end = to.AddTicks(1);
        for (var start = from; start < end && total < int.MaxValue;)
        {
            var stop = new DateTimeOffset(start.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
            stop = stop < end ? stop : end;
            total += SteadyOffset(start.UtcDateTime.Date) is { } offset
                ? WallClock(start.UtcDateTime + offset, stop.UtcDateTime + offset)
                : Walk(start, stop);
            start = stop;
        }

        return (int)Math.Min(total, int.MaxValue);
    }

    // The offset, when it is the same from a day before this UTC day to a day after it: no gap or repeat can reach in.
    private TimeSpan? SteadyOffset(DateTime day)
    {
        var offset = zone.GetUtcOffset(Utc(day.AddDays(-1)));
        return offset == zone.GetUtcOffset(Utc(day)) && offset == zone.GetUtcOffset(Utc(day.AddDays(1))) && offset == zone.GetUtcOffset(Utc(day.AddDays(2)))
            ? offset
            : null;
    }

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    // Matches in [from, to), which lie within 24 hours and so on at most two dates.
    private long WallClock(DateTime from, DateTime to)
    {
        var total = 0L;
        for (var date = from.Date; date < to; date = date.AddDays(1))
        {
            if (fields.MatchesDate(DateOnly.FromDateTime(date)))
            {
                var before = from > date ? TimesBefore(from - date) : 0;
                var upTo = to >= date.AddDays(1) ? perDay : TimesBefore(to - date);
                total += upTo - before;
            }
        }

        return total;
    }

    // How many of a day's times are earlier than this one.
    private int TimesBefore(TimeSpan time)
    {
        var minutes = (int)Math.Ceiling(time.TotalMinutes);
        var (hour, minute) = (minutes / 60, minutes % 60);
        var earlierHours = BitOperations.PopCount(fields.Hours & ((1UL << hour) - 1)) * BitOperations.PopCount(fields.Minutes);
        return CronFields.Has(fields.Hours, hour)
            ? earlierHours + BitOperations.PopCount(fields.Minutes & ((1UL << minute) - 1))
            : earlierHours;
    }

    private long Walk(DateTimeOffset from, DateTimeOffset to)
    {
        var total = 0L;
        for (var at = next(from.AddTicks(-1)); at < to; at = next(at.Value))
        {
            total++;
        }

        return total;
    }
}
