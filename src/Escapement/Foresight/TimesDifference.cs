using Escapement.Scheduling;

namespace Escapement.Foresight;

/// <summary>What a change of times does to the occurrences to come.</summary>
/// <param name="Added">Those that are new.</param>
/// <param name="Lost">Those that go.</param>
/// <param name="Moved">Those that come at another time of the same day.</param>
internal sealed record TimesDifference(
    IReadOnlyList<DateTimeOffset> Added, IReadOnlyList<DateTimeOffset> Lost, IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Moved)
{
    /// <summary>How far it looks, to the end of that day.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(30);

    /// <summary>
    /// Compares two expressions in their zones from an instant on. On each day of the new zone what goes is paired with what comes, in order; the last day
    /// is a whole one, because half a day would show what moves across its middle as lost.
    /// </summary>
    public static TimesDifference Between((string Cron, string TimeZone) before, (string Cron, string TimeZone) after, DateTimeOffset now)
    {
        var zone = TimeZones.Find(after.TimeZone)!;
        var last = Day(now + Ahead);
        var (old, wanted) = (Walk(before), Walk(after));
        var (kept, here) = (old.ToHashSet(), wanted.ToHashSet());
        var coming = wanted.Where(at => !kept.Contains(at)).ToLookup(Day);
        var going = old.Where(at => !here.Contains(at)).ToLookup(Day);
        var (added, lost, moved) = (new List<DateTimeOffset>(), new List<DateTimeOffset>(), new List<(DateTimeOffset, DateTimeOffset)>());
        foreach (var day in coming.Select(g => g.Key).Union(going.Select(g => g.Key)).Order())
        {
            var (comes, goes) = (coming[day].ToList(), going[day].ToList());
            var pairs = Math.Min(comes.Count, goes.Count);
            moved.AddRange(goes.Take(pairs).Zip(comes.Take(pairs)));
            added.AddRange(comes.Skip(pairs));
            lost.AddRange(goes.Skip(pairs));
        }

        return new TimesDifference(added, lost, moved);

        List<DateTimeOffset> Walk((string Cron, string TimeZone) times)
        {
            var found = new List<DateTimeOffset>();
            if (OccurrenceCalendar.Find(times.Cron, times.TimeZone, out _) is { } calendar)
            {
                for (var next = calendar.Next(now); next is { } at && Day(at) <= last; next = calendar.Next(at))
                {
                    found.Add(at);
                }
            }

            return found;
        }

        DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
    }
}
