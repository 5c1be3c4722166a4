using System.Buffers.Binary;

namespace Escapement.Scheduling;

/// <summary>
/// When occurrences start. Without a spread that is when they are due; with one, each schedule has a place of its own in the window behind
/// the due time, the same for every occurrence, so that the distances between them stay as they are.
/// </summary>
internal static class StartTime
{
    /// <summary>By how much the occurrences of a schedule start after they are due; nothing for one that cannot be planned.</summary>
    public static TimeSpan PlaceOf(Schedule schedule) =>
        schedule.Policy.Spread > TimeSpan.Zero && OccurrenceCalendar.Find(schedule.Cron, schedule.TimeZone, out _) is { } calendar
            ? PlaceOf(schedule.Id, schedule.Policy.Spread, calendar)
            : TimeSpan.Zero;

    /// <summary>The same, in whole milliseconds. No window is longer than half the shortest interval.</summary>
    public static TimeSpan PlaceOf(ScheduleId schedule, TimeSpan spread, OccurrenceCalendar calendar)
    {
        if (spread <= TimeSpan.Zero)
        {
            return TimeSpan.Zero;
        }

        var half = calendar.ShortestInterval / 2;
        var window = spread < half ? spread : half;
        return TimeSpan.FromMilliseconds(Math.Floor(window.TotalMilliseconds * Fraction(schedule)));
    }

    // From 0 to below 1, spread evenly though ids that were made together are alike: the last step of SplitMix64. It must never change:
    // every schedule would move.
    private static double Fraction(ScheduleId schedule)
    {
        Span<byte> id = stackalloc byte[16];
        schedule.Value.TryWriteBytes(id, bigEndian: true, out _);
        var mixed = BinaryPrimitives.ReadUInt64BigEndian(id) ^ (BinaryPrimitives.ReadUInt64BigEndian(id[8..]) * 0x9E3779B97F4A7C15);
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return ((mixed ^ (mixed >> 31)) >> 11) / (double)(1UL << 53);
    }
}
