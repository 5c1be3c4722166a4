using Escapement.Scheduling;

namespace Escapement.Foresight;

/// <summary>The next occurrences of an expression in a zone, as somebody must see them who is about to choose it.</summary>
internal static class OccurrencePreview
{
    // Most zones change their clocks twice a year.
    private const int DaysLookedAt = 366;
    private const int LastYear = 9990;

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

    /// <summary>
    /// What the clocks do within a year to occurrences that come later: the first that each of their changes touches. Of an expression that keeps its rhythm
    /// through changes there is nothing to say.
    /// </summary>
    /// <param name="cron">A good expression.</param>
    /// <param name="timeZone">A known zone.</param>
    /// <param name="after">After when.</param>
    public static IReadOnlyList<ForeseenOccurrence> TouchedByClocks(string cron, string timeZone, DateTimeOffset after)
    {
        if (KeepsRhythm(cron) || after.Year > LastYear)
        {
            return [];
        }

        var changes = OffsetChange.Between(TimeZones.Find(timeZone)!, after.UtcDateTime, after.UtcDateTime.AddDays(DaysLookedAt));
        return [.. changes.Select(change => FirstTouched(cron, timeZone, change, after)).OfType<ForeseenOccurrence>()];
    }

    private static ForeseenOccurrence? FirstTouched(string cron, string timeZone, OffsetChange change, DateTimeOffset after)
    {
        var calendar = OccurrenceCalendar.For(cron, timeZone);
        var fields = Cron.Check(cron).Fields;
        var length = (change.After - change.Before).Duration();
        var at = new DateTimeOffset(change.At, TimeSpan.Zero);
        var begin = at - length - TimeSpan.FromMinutes(1);
        for (var next = calendar.Next(begin > after ? begin : after); next <= at + length; next = calendar.Next(next.Value))
        {
            var local = TimeZoneInfo.ConvertTime(next.Value, TimeZones.Find(timeZone)!);
            if (ClockNotes.Of(local, fields, [change]) is { } note)
            {
                return new ForeseenOccurrence(local, local.Offset != change.Before, note);
            }
        }

        return null;
    }

    // As the contract has it: by the minute and the hour as they are written.
    private static bool KeepsRhythm(string cron) => cron.Split(' ')[..2].Any(field => field.AsSpan().ContainsAny('*', '/'));
}
