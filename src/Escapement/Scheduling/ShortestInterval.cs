using System.Numerics;

namespace Escapement.Scheduling;

/// <summary>
/// The shortest distance between two wall-clock times at which an expression matches and that follow one another, as far as it is less
/// than a day. Minutes repeat in every matching hour, so neighbours within an hour, in hours that follow one another, and over midnight
/// are all there is to look at.
/// </summary>
internal static class ShortestInterval
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>The distance; a day for all that are a day or longer. The expression must match some date.</summary>
    public static TimeSpan Of(in CronFields fields)
    {
        var within = ShortestGap(fields.Minutes);
        var (first, last) = Ends(fields.Minutes);
        var (firstHour, lastHour) = Ends(fields.Hours);
        var toNextHour = ShortestGap(fields.Hours) is { } hours ? (hours * 60) - last + first : (int?)null;
        var overMidnight = fields.CanMatchTwoDaysRunning() ? ((24 + firstHour - lastHour) * 60) - last + first : (int?)null;
        var shortest = new[] { within, toNextHour, overMidnight }.Min();
        return shortest is { } minutes ? TimeSpan.FromMinutes(minutes) : Day;
    }

    private static int? ShortestGap(ulong field)
    {
        int? shortest = null;
        for (var rest = field; (rest & (rest - 1)) != 0; rest &= rest - 1)
        {
            var gap = BitOperations.TrailingZeroCount(rest & (rest - 1)) - BitOperations.TrailingZeroCount(rest);
            shortest = gap < (shortest ?? int.MaxValue) ? gap : shortest;
        }

        return shortest;
    }

    private static (int First, int Last) Ends(ulong field) => (BitOperations.TrailingZeroCount(field), 63 - BitOperations.LeadingZeroCount(field));
}
