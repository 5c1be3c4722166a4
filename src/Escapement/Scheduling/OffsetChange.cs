namespace Escapement.Scheduling;

/// <summary>A change of a zone's offset.</summary>
/// <param name="At">The first instant of the new offset, in UTC.</param>
/// <param name="Before">The old offset.</param>
/// <param name="After">The new one.</param>
internal readonly record struct OffsetChange(DateTime At, TimeSpan Before, TimeSpan After)
{
    /// <summary>Whether the clocks skip times, rather than repeat them.</summary>
    public bool IsGap => After > Before;

    /// <summary>What clocks show when they are about to change.</summary>
    public DateTime WallClock => DateTime.SpecifyKind(At + Before, DateTimeKind.Unspecified);

    /// <summary>All changes between two instants in UTC. Offsets for UTC instants are what the platform gets right for every zone.</summary>
    public static List<OffsetChange> Between(TimeZoneInfo zone, DateTime from, DateTime to)
    {
        var changes = new List<OffsetChange>();
        var before = zone.GetUtcOffset(from);
        for (var day = from; day < to; day = day.AddDays(1))
        {
            var after = zone.GetUtcOffset(day.AddDays(1));
            if (after != before)
            {
                changes.Add(new OffsetChange(Instant(zone, day, day.AddDays(1), before), before, after));
                before = after;
            }
        }

        return changes;
    }

    private static DateTime Instant(TimeZoneInfo zone, DateTime low, DateTime high, TimeSpan before)
    {
        while (high - low > TimeSpan.FromMinutes(1))
        {
            var middle = low.AddMinutes((int)((high - low).TotalMinutes / 2));
            (low, high) = zone.GetUtcOffset(middle) == before ? (middle, high) : (low, middle);
        }

        return high;
    }
}
