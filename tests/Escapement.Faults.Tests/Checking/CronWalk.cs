using System.Globalization;

namespace Escapement.Faults.Tests.Checking;

/// <summary>
/// Occurrences by looking at every minute, without the code under test: slow, and too simple to be wrong. For zones whose clocks
/// are not set meanwhile; what happens in a gap or an overlap is the vectors' business.
/// </summary>
internal sealed class CronWalk
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly bool[][] fields;
    private readonly TimeZoneInfo zone;

    public CronWalk(string cron, string zone)
    {
        (int First, int Last)[] ranges = [(0, 59), (0, 23), (1, 31), (1, 12), (0, 6)];
        fields = [.. cron.Split(' ').Select((text, i) => Field(text, ranges[i].First, ranges[i].Last))];
        this.zone = TimeZoneInfo.FindSystemTimeZoneById(zone);
    }

    /// <summary>All occurrences later than one instant and not later than another.</summary>
    public IEnumerable<DateTimeOffset> Between(DateTimeOffset after, DateTimeOffset upTo)
    {
        if (zone.GetUtcOffset(after) != zone.GetUtcOffset(upTo))
        {
            throw new InvalidOperationException($"The clocks of {zone.Id} are set between {after:O} and {upTo:O}");
        }

        var minute = new DateTimeOffset(after.UtcTicks - (after.UtcTicks % Minute.Ticks), TimeSpan.Zero) + Minute;
        for (; minute <= upTo; minute += Minute)
        {
            var local = TimeZoneInfo.ConvertTime(minute, zone);
            int[] now = [local.Minute, local.Hour, local.Day, local.Month, (int)local.DayOfWeek];
            if (now.Index().All(n => fields[n.Index][n.Item]))
            {
                yield return minute;
            }
        }
    }

    private static bool[] Field(string text, int first, int last)
    {
        var set = new bool[last + 1];
        foreach (var item in text.Split(','))
        {
            var (range, step) = item.Split('/') is [var r, var s] ? (r, Number(s)) : (item, 1);
            var (from, to) = range switch
            {
                "*" => (first, last),
                _ when range.Split('-') is [var a, var b] => (Number(a), Number(b)),
                _ => (Number(range), item.Contains('/', StringComparison.Ordinal) ? last : Number(range)),
            };
            for (var i = from; i <= to; i += step)
            {
                set[i] = true;
            }
        }

        return set;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
