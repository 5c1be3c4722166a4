using System.Globalization;
using Escapement.Scheduling;

namespace Escapement.Foresight;

/// <summary>Says what clocks that are put forward or back do to a schedule's times.</summary>
internal static class ClockNotes
{
    private static readonly TimeSpan OneMinute = TimeSpan.FromMinutes(1);

    /// <summary>What they do to an instant that is a time of the schedule by its zone's clocks; null for nothing, and for what cannot be read here.</summary>
    public static string? Of(string cron, string timeZone, DateTimeOffset at)
    {
        if (at.Year is < 2 or > 9998)
        {
            // No day before or after it to look at.
            return null;
        }

        if (TimeZones.Find(timeZone) is not { } zone || Cron.Check(cron) is not { Verdict: CronVerdict.Ok } check)
        {
            return null;
        }

        var changes = OffsetChange.Between(zone, at.UtcDateTime.AddDays(-1), at.UtcDateTime.AddDays(1));
        return changes.Count == 0 ? null : Of(TimeZoneInfo.ConvertTime(at, zone), check.Fields, changes);
    }

    /// <summary>The same, where the changes of the zone's offset around it are known.</summary>
    public static string? Of(DateTimeOffset local, CronFields fields, List<OffsetChange> changes)
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
                && local.DateTime < change.WallClock
                && Matching(fields, local.DateTime, OneMinute) is not null)
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
