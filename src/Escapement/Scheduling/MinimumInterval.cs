using System.Numerics;

namespace Escapement.Scheduling;

/// <summary>Two wall-clock times of an expression that follow one another too closely.</summary>
/// <param name="First">The earlier.</param>
/// <param name="Second">The later; of the next day when it is the smaller of the two.</param>
internal readonly record struct ClosePair(TimeOnly First, TimeOnly Second)
{
    /// <summary>How far apart they are, over midnight too.</summary>
    public int Minutes => (int)(Second - First).TotalMinutes;
}

/// <summary>
/// The least distance between wall-clock times, exact and without walking (contract section 3). Times less than an hour
/// apart share an hour or stand in neighbouring hours, and only the last hour of a day has its neighbour on another day:
/// so three kinds of neighbours are all there is to look at.
/// </summary>
internal static class MinimumInterval
{
    /// <summary>The least distance allowed, in minutes.</summary>
    public const int Minutes = 5;

    /// <summary>The first pair of times in the day that is too close, or null. The expression must match some date.</summary>
    public static ClosePair? FirstTooClose(in CronFields fields)
    {
        var firstHour = BitOperations.TrailingZeroCount(fields.Hours);
        for (var rest = fields.Minutes; (rest & (rest - 1)) != 0; rest &= rest - 1)
        {
            var minute = BitOperations.TrailingZeroCount(rest);
            var next = BitOperations.TrailingZeroCount(rest & (rest - 1));
            if (next - minute < Minutes)
            {
                return new ClosePair(new TimeOnly(firstHour, minute), new TimeOnly(firstHour, next));
            }
        }

        var first = BitOperations.TrailingZeroCount(fields.Minutes);
        var last = 63 - BitOperations.LeadingZeroCount(fields.Minutes);
        if (60 - last + first >= Minutes)
        {
            return null;
        }

        var neighbours = fields.Hours & (fields.Hours >> 1);
        if (neighbours != 0)
        {
            var hour = BitOperations.TrailingZeroCount(neighbours);
            return new ClosePair(new TimeOnly(hour, last), new TimeOnly(hour + 1, first));
        }

        return CronFields.Has(fields.Hours, 23) && CronFields.Has(fields.Hours, 0) && fields.CanMatchTwoDaysRunning()
            ? new ClosePair(new TimeOnly(23, last), new TimeOnly(0, first))
            : null;
    }
}
