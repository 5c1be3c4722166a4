using CsCheck;
using Escapement.Forecasting;
using Escapement.Scheduling;
using Escapement.Tests.Scheduling;

namespace Escapement.Tests.Forecasting;

public sealed class ForecastGroupTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 27, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Zones = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"];

    private static readonly Gen<ForecastQuery> Queries = Gen.Select(
        Gen.Bool, Gen.Int[0, 400], Gen.Int[1, 200], (byMinute, skip, steps) =>
        {
            var by = byMinute ? ForecastStep.Minute : ForecastStep.Hour;
            var from = Start + (skip * ForecastQuery.LengthOf(by));
            return new ForecastQuery(null, from, from + (steps * ForecastQuery.LengthOf(by)), by);
        });

    private static readonly Gen<ForecastHold?> Holds = Gen.Frequency(
        (3, Gen.Const((ForecastHold?)null)),
        (1, Gen.Const((ForecastHold?)new ForecastHold(default, null, TimeSpan.Zero, 0))),
        (3, Gen.Select(Gen.Int[-2_000, 0], Gen.Int[0, 6_000], Gen.Int[0, 2_000], Gen.Int[1, 5], (since, until, released, most) =>
            (ForecastHold?)new ForecastHold(Start.AddMinutes(since), Start.AddMinutes(until), TimeSpan.FromMinutes(released), most))));

    [Fact]
    public void Count_AnySchedule_IsWhatWalkingFromOneOccurrenceToTheNextFinds() => Gen.Select(
        CronGen.Valid,
        Gen.Int[0, Zones.Length - 1].Select(i => Zones[i]),
        Queries,
        Gen.Int[0, 30],
        Holds,
        Gen.Int[0, 10_000],
        Gen.Int[0, 9].Array[0, 3])
        .Sample((cron, zone, query, place, hold, nowMinutes, skipped) =>
        {
            var now = Start.AddSeconds(nowMinutes * 6);
            var due = Walk(cron, zone, now.AddDays(-3), query.To);
            var skips = skipped.Distinct().Where(i => i < due.Count).Select(i => due[^(i + 1)]).Order().ToList();
            var group = new ForecastGroup(cron, zone, place, hold, string.Join(' ', skips.Select(s => s.UtcTicks)));

            Assert.Equal(Model(due.Except(skips), query, place, hold, now), group.Count(query, now));
        }, iter: 2_000);

    [Fact]
    public void Count_TimesThatCannotBeRead_IsNothing() =>
        Assert.Empty(new ForecastGroup("0 9 * * *", "Mars/Olympus", 0, null, "").Count(
            new ForecastQuery(null, Start, Start.AddHours(2), ForecastStep.Hour), Start));

    // One occurrence after the other.
    private static int[] Model(IEnumerable<DateTimeOffset> due, ForecastQuery query, int place, ForecastHold? hold, DateTimeOffset now)
    {
        var counts = new int[query.Steps];
        var let = 0;
        foreach (var at in due)
        {
            var start = at.AddMinutes(place);
            var isHeld = hold is { } h && (h.Until is null || start <= h.Until);
            if (!isHeld && start > now && start >= query.From && start < query.To)
            {
                counts[(int)((start - query.From) / query.Step)]++;
            }

            if (hold is { Until: { } until } ending && at <= until && at > ending.Since && at > until - ending.Released)
            {
                let = Math.Min(let + 1, ending.MostReleased);
            }
        }

        if (hold is { Until: { } end } && end >= query.From && end < query.To)
        {
            counts[(int)((end - query.From) / query.Step)] += let;
        }

        return counts;
    }

    private static List<DateTimeOffset> Walk(string cron, string zone, DateTimeOffset from, DateTimeOffset to)
    {
        var calendar = OccurrenceCalendar.For(cron, zone);
        var all = new List<DateTimeOffset>();
        for (var at = calendar.Next(from); at < to; at = calendar.Next(at.Value))
        {
            all.Add(at.Value);
        }

        return all;
    }
}
