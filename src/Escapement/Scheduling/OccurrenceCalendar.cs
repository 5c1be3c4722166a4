using Cronos;

namespace Escapement.Scheduling;

/// <summary>
/// The occurrences of one expression in one zone. They are Cronos's (contract section 3): a time that the clocks skip
/// comes at the first instant after the gap, one that they repeat comes once, unless the expression has a rhythm to keep.
/// Immutable and safe to share.
/// </summary>
internal sealed class OccurrenceCalendar
{
    // Kept inside what Cronos and the calendar can carry in every zone: no call may throw at either end of time.
    private static readonly DateTimeOffset Earliest = DateTimeOffset.MinValue.AddDays(2);
    private static readonly DateTimeOffset LatestStart = new(9998, 12, 30, 0, 0, 0, TimeSpan.Zero);
    private static readonly RecentCache<(string Cron, string TimeZone), OccurrenceCalendar> Cache = new(4096);

    private readonly CronExpression expression;
    private readonly CronosZone zone;
    private readonly OccurrenceCounter counter;
    private readonly IReadOnlyList<DateTimeOffset> skipped = [];

    private OccurrenceCalendar(OccurrenceCalendar all, IReadOnlyList<DateTimeOffset> skipped)
    {
        (expression, zone, counter, this.skipped) = (all.expression, all.zone, all.counter, skipped);
        ShortestInterval = all.ShortestInterval;
    }

    private OccurrenceCalendar(CronExpression expression, CronosZone zone, CronFields fields)
    {
        this.expression = expression;
        this.zone = zone;
        counter = new OccurrenceCounter(fields, zone.Platform, NextOfAll);
        ShortestInterval = Scheduling.ShortestInterval.Of(fields);
    }

    /// <summary>The shortest distance between two occurrences on the zone's clocks; a day for all that are a day or longer.</summary>
    public TimeSpan ShortestInterval { get; }

    /// <summary>The calendar of an expression and zone that were found good when the schedule was stored. Answers are kept and shared.</summary>
    /// <exception cref="ArgumentException">The expression does not keep the grammar, or the zone is unknown.</exception>
    public static OccurrenceCalendar For(string cron, string timeZone)
    {
        ArgumentNullException.ThrowIfNull(cron);
        ArgumentNullException.ThrowIfNull(timeZone);
        return Cache.GetOrAdd((cron, timeZone), static key => Make(key.Cron, key.TimeZone));
    }

    /// <summary>The calendar, or null and what is wrong with the expression or the zone.</summary>
    internal static OccurrenceCalendar? Find(string cron, string timeZone, out string? problem)
    {
        try
        {
            problem = null;
            return For(cron, timeZone);
        }
        catch (ArgumentException e) when (e.ParamName is null)
        {
            // Not kept: what could not be read now may be readable later.
            problem = e.Message;
            return null;
        }
    }

    /// <summary>The same occurrences without some of them.</summary>
    public OccurrenceCalendar Without(IReadOnlyList<DateTimeOffset> these) => these.Count == 0 ? this : new OccurrenceCalendar(this, these);

    /// <summary>The first occurrence strictly later than an instant, in UTC; null when no date is left.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        var next = NextOfAll(after);
        while (next is { } found && skipped.Contains(found))
        {
            next = NextOfAll(found);
        }

        return next;
    }

    private DateTimeOffset? NextOfAll(DateTimeOffset after)
    {
        var start = after < Earliest ? Earliest : after.ToUniversalTime();
        if (start > LatestStart)
        {
            return null;
        }

        var next = Ask(start, inclusive: false);
        return next > start || next is null ? next?.ToUniversalTime() : NextBehindGap(start);
    }

    /// <summary>The latest occurrence after <paramref name="after"/> and not after <paramref name="upTo"/>, or null.</summary>
    public DateTimeOffset? Latest(DateTimeOffset after, DateTimeOffset upTo)
    {
        if (Next(after) is not { } found || found > upTo)
        {
            return null;
        }

        // Look back from the end through widening windows until one holds an occurrence.
        var low = found;
        for (var window = TimeSpan.FromHours(1); upTo - found > window; window *= 2)
        {
            if (Next(upTo - window) is { } inside && inside <= upTo)
            {
                low = inside;
                break;
            }
        }

        // Then halve what is left between the occurrence known and the end.
        var high = upTo;
        while (Next(low) is { } following && following <= upTo)
        {
            low = following;
            var middle = low + ((high - low) / 2);
            if (Next(middle) is { } later && later <= upTo)
            {
                low = later;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>
    /// How many occurrences there are from one instant to another, both included; at most <see cref="int.MaxValue"/>.
    /// Quiet days are counted, not walked, so a year costs about as much as a day.
    /// </summary>
    public int Count(DateTimeOffset from, DateTimeOffset to)
    {
        var first = from <= Earliest ? Earliest : from.ToUniversalTime();
        var last = to > LatestStart ? LatestStart : to.ToUniversalTime();
        return first > last ? 0 : counter.Count(first, last) - skipped.Count(s => s >= first && s <= last);
    }

    private DateTimeOffset? Ask(DateTimeOffset start, bool inclusive) =>
        zone.Ask(start, known => expression.GetNextOccurrence(start, known, inclusive));

    // Where the platform does not know a skipped time as skipped, in years that CronosZone does not cover, Cronos may answer
    // a time inside the gap with an instant that is past. A host that believed it would never get on.
    private DateTimeOffset? NextBehindGap(DateTimeOffset start)
    {
        var minute = new DateTimeOffset(start.Ticks - (start.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        DateTimeOffset? next;
        do
        {
            minute = minute.AddMinutes(1);
            next = Ask(minute, inclusive: true);
        }
        while (next <= start);

        return next?.ToUniversalTime();
    }

    private static OccurrenceCalendar Make(string cron, string timeZone)
    {
        var check = Cron.Check(cron);
        if (check.Verdict is not (CronVerdict.Ok or CronVerdict.TooFrequent or CronVerdict.Never))
        {
            throw new ArgumentException(check.Message);
        }

        var zone = TimeZones.Find(timeZone)
            ?? throw new ArgumentException($"{ScheduleMessages.TimeZoneInvalid}: this host does not know {Excerpt.Of(timeZone)}");
        return new OccurrenceCalendar(CronExpression.Parse(CronosText.Of(cron)), CronosZone.Of(zone), check.Fields);
    }
}
