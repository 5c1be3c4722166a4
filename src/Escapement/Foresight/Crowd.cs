using Escapement.Listing;
using Escapement.Scheduling;

namespace Escapement.Foresight;

/// <summary>How full the minute of an occurrence is.</summary>
/// <param name="At">The minute.</param>
/// <param name="Others">How many other schedules fire in it.</param>
/// <param name="Quiet">The nearest minute with the fewest; null if that is this one.</param>
/// <param name="InQuiet">How many fire in that.</param>
internal sealed record Crowd(DateTimeOffset At, int Others, DateTimeOffset? Quiet, int InQuiet)
{
    /// <summary>How far away a quiet minute is looked for, in both directions.</summary>
    public const int Minutes = 30;

    /// <summary>Counts who else fires in the minute of each of some occurrences.</summary>
    /// <param name="at">The occurrences.</param>
    /// <param name="own">The times of the schedule that is about to be changed, which is no other; null for a new one.</param>
    /// <param name="all">All schedules, by their times.</param>
    public static IReadOnlyList<int> OthersAt(
        IReadOnlyList<DateTimeOffset> at, (string Cron, string TimeZone)? own, IEnumerable<ScheduleTimes> all)
    {
        var others = new int[at.Count];
        foreach (var (calendar, count) in Without(own, all))
        {
            for (var i = 0; i < others.Length; i++)
            {
                others[i] += calendar.Next(at[i].AddTicks(-1)) == at[i] ? count : 0;
            }
        }

        return others;
    }

    /// <summary>Counts who fires around an occurrence.</summary>
    /// <param name="at">The occurrence.</param>
    /// <param name="own">The times of the schedule that is about to be changed, which is no other; null for a new one.</param>
    /// <param name="all">All schedules, by their times.</param>
    public static Crowd Around(DateTimeOffset at, (string Cron, string TimeZone)? own, IEnumerable<ScheduleTimes> all)
    {
        var from = at.AddMinutes(-Minutes);
        var fires = new int[(2 * Minutes) + 1];
        foreach (var (calendar, count) in Without(own, all))
        {
            for (var next = calendar.Next(from.AddTicks(-1)); next <= at.AddMinutes(Minutes); next = calendar.Next(next.Value))
            {
                fires[(int)(next.Value - from).TotalMinutes] += count;
            }
        }

        var fewest = fires.Min();
        var quiet = Enumerable.Range(0, fires.Length).Where(i => fires[i] == fewest).MinBy(i => Math.Abs(i - Minutes));
        return new Crowd(at, fires[Minutes], quiet == Minutes ? null : from.AddMinutes(quiet), fewest);
    }

    private static IEnumerable<(OccurrenceCalendar Calendar, int Count)> Without((string Cron, string TimeZone)? own, IEnumerable<ScheduleTimes> all)
    {
        foreach (var times in all)
        {
            var count = times.Count - (own == (times.Cron, times.TimeZone) ? 1 : 0);
            if (count > 0 && OccurrenceCalendar.Find(times.Cron, times.TimeZone, out _) is { } calendar)
            {
                yield return (calendar, count);
            }
        }
    }
}
