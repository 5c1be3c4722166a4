using System.Globalization;
using Escapement.Scheduling;

namespace Escapement.Foresight;

/// <summary>The next occurrences of an expression in a zone, as somebody must see them who is about to choose it.</summary>
internal static class OccurrencePreview
{
    /// <summary>The next occurrences after an instant, at most so many.</summary>
    /// <param name="cron">A good expression.</param>
    /// <param name="timeZone">A known zone.</param>
    /// <param name="after">After when.</param>
    /// <param name="count">How many.</param>
    public static IReadOnlyList<ForeseenOccurrence> Of(string cron, string timeZone, DateTimeOffset after, int count)
    {
        var calendar = OccurrenceCalendar.For(cron, timeZone);
        var zone = TimeZones.Find(timeZone)!;
        var fields = Cron.Check(cron).Fields;
        var instants = new List<DateTimeOffset>();
        for (var next = calendar.Next(after); next is { } at && instants.Count < count; next = calendar.Next(at))
        {
            instants.Add(at);
        }

        if (instants.Count == 0)
        {
            return [];
        }

        var changes = OffsetChange.Between(zone, after.UtcDateTime.AddDays(-1), instants[^1].UtcDateTime.AddDays(2));
        var before = zone.GetUtcOffset(after);
        var occurrences = new List<ForeseenOccurrence>(instants.Count);
        foreach (var at in instants)
        {
            var local = TimeZoneInfo.ConvertTime(at, zone);
            occurrences.Add(new ForeseenOccurrence(local, local.Offset != before, NoteOf(local, fields, changes)));
            before = local.Offset;
        }

        return occurrences;
    }

    private static string? NoteOf(DateTimeOffset local, CronFields fields, List<OffsetChange> changes)
    {
        foreach (var change in changes)
        {
            var length = (change.After - change.Before).Duration();
            if (change.IsGap && local.UtcDateTime == change.At && Matching(fields, change.WallClock, length) is { } skipped)
            {
                return $"The clocks skip {Clock(skipped)} on {Day(local)}; it runs at {Clock(local.DateTime)}, when they go on";
            }

            // What clocks show twice lies on both sides of the change.
            if (!change.IsGap
                && (local.UtcDateTime - change.At).Duration() <= length
                && local.DateTime >= change.WallClock - length
                && local.DateTime < change.WallClock)
            {
                return local.UtcDateTime < change.At
                    ? $"The clocks show {Clock(local.DateTime)} twice on {Day(local)}; this is the first time"
                    : $"The clocks show {Clock(local.DateTime)} twice on {Day(local)}; this is the second time";
            }
        }

        return null;
    }

    // The first time in a stretch of the clocks that an expression matches.
    private static DateTime? Matching(CronFields fields, DateTime from, TimeSpan length)
    {
        for (var wall = from; wall < from + length; wall = wall.AddMinutes(1))
        {
            if (fields.MatchesDate(DateOnly.FromDateTime(wall)) && CronFields.Has(fields.Hours, wall.Hour) && CronFields.Has(fields.Minutes, wall.Minute))
            {
                return wall;
            }
        }

        return null;
    }

    private static string Clock(DateTime wall) => wall.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Day(DateTimeOffset local) => local.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
