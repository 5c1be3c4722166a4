using System.Collections.Concurrent;

namespace Escapement.Scheduling;

/// <summary>
/// The zone that Cronos is given. Cronos asks which wall-clock times are skipped and which are repeated, and for zones whose
/// summer time is legally the standard one (Dublin, Casablanca, El Aaiun) the platform answers wrongly. For these the same
/// offsets are written down anew, winter time as standard, for the years in which schedules live.
/// </summary>
internal sealed class CronosZone
{
    private static readonly DateTime From = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime To = new(2080, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly ConcurrentDictionary<string, CronosZone> Known = new(StringComparer.Ordinal);

    private readonly TimeZoneInfo? rewritten;

    private CronosZone(TimeZoneInfo zone)
    {
        Platform = zone;
        rewritten = Rewrite(zone);
    }

    /// <summary>The zone as the platform has it; its offsets for instants can be relied on.</summary>
    public TimeZoneInfo Platform { get; }

    /// <summary>The years in which a rewritten zone may be asked and answer.</summary>
    private static bool IsCovered(DateTimeOffset instant) => instant > From.AddDays(2) && instant < To.AddDays(-2);

    public static CronosZone Of(TimeZoneInfo zone) => Known.GetOrAdd(zone.Id, static (_, zone) => new CronosZone(zone), zone);

    /// <summary>Asks with the zone that is right for the time asked about.</summary>
    public DateTimeOffset? Ask(DateTimeOffset start, Func<TimeZoneInfo, DateTimeOffset?> question) =>
        rewritten is not null && IsCovered(start) && question(rewritten) is { } answer && IsCovered(answer)
            ? answer
            : question(Platform);

    private static TimeZoneInfo? Rewrite(TimeZoneInfo zone)
    {
        var changes = OffsetChange.Between(zone, From, To);
        var offsets = changes.Select(change => change.Before).Concat(changes.Select(change => change.After)).Distinct().Order().ToArray();
        if (offsets.Length != 2 || changes.Count % 2 != 0 || changes.All(change => Knows(zone, change)))
        {
            return null;
        }

        var rules = changes.Chunk(2).ToArray();
        var written = TimeZoneInfo.CreateCustomTimeZone(zone.Id, offsets[0], zone.DisplayName, zone.StandardName, zone.DaylightName,
            [.. rules.Select((pair, i) => Rule(
                pair,
                i == 0 ? From.Date : Between(rules[i - 1][1], pair[0]).AddDays(1),
                i == rules.Length - 1 ? To.Date : Between(pair[1], rules[i + 1][0]),
                offsets[1] - offsets[0]))]);

        // Only a rewriting that changes no offset and mends every change is worth having.
        return changes.All(change => Knows(written, change)) && OffsetChange.Between(written, From.AddDays(2), To.AddDays(-2)).SequenceEqual(changes)
            ? written
            : null;
    }

    private static TimeZoneInfo.AdjustmentRule Rule(OffsetChange[] pair, DateTime from, DateTime to, TimeSpan delta)
    {
        var gap = pair[0].IsGap ? pair[0] : pair[1];
        var repeat = pair[0].IsGap ? pair[1] : pair[0];
        return TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(Day(from), Day(to), delta, Moment(gap.WallClock), Moment(repeat.WallClock));
    }

    private static TimeZoneInfo.TransitionTime Moment(DateTime wallClock) =>
        TimeZoneInfo.TransitionTime.CreateFixedDateRule(new DateTime(1, 1, 1) + wallClock.TimeOfDay, wallClock.Month, wallClock.Day);

    private static DateTime Between(OffsetChange one, OffsetChange next) => one.At + ((next.At - one.At) / 2);

    private static DateTime Day(DateTime time) => DateTime.SpecifyKind(time.Date, DateTimeKind.Unspecified);

    // Whether a zone calls the first and the middle of the times that a change skips or repeats by their name.
    private static bool Knows(TimeZoneInfo zone, OffsetChange change)
    {
        var first = change.IsGap ? change.WallClock : change.WallClock + (change.After - change.Before);
        var middle = first + ((change.After - change.Before).Duration() / 2);
        return change.IsGap
            ? zone.IsInvalidTime(first) && zone.IsInvalidTime(middle)
            : zone.IsAmbiguousTime(first) && zone.IsAmbiguousTime(middle);
    }
}
