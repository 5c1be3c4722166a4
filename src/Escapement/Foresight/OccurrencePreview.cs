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
            occurrences.Add(new ForeseenOccurrence(local, local.Offset != before, ClockNotes.Of(local, fields, changes)));
            before = local.Offset;
        }

        return occurrences;
    }
}
