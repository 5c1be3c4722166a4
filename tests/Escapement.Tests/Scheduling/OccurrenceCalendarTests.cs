using CsCheck;
using Escapement.Scheduling;
using Xunit;

namespace Escapement.Tests.Scheduling;

public sealed class OccurrenceCalendarTests
{
    private static readonly DateTimeOffset Midyear = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Zones =
        ["America/New_York", "Africa/Casablanca", "Australia/Lord_Howe", "Europe/Dublin", "America/Sao_Paulo", "UTC"];

    [Fact]
    public void Next_EveryVector_GivesItsTwelveInstants()
    {
        var vectors = Vectors.AllOccurrences();

        Assert.Equal(300, vectors.Count);
        Assert.All(vectors, v =>
        {
            var calendar = OccurrenceCalendar.For(v.Cron, v.TimeZone);
            var at = v.After;
            foreach (var expected in v.Next)
            {
                at = calendar.Next(at)!.Value;
                Assert.Equal(expected, at);
                Assert.Equal(TimeSpan.Zero, at.Offset);
            }
        });
    }

    [Fact]
    public void Next_AnyExpression_IsLaterAndSkipsNothingAndIsFoundAgain() =>
        Cases.Sample((cron, zone, from) =>
        {
            var calendar = OccurrenceCalendar.For(cron, zone);
            var next = calendar.Next(from)!.Value;
            var between = from + ((next - from) / 2);
            return next > from && calendar.Next(next.AddTicks(-1)) == next && calendar.Next(between) == next;
        }, iter: 2_000);

    [Fact]
    public void Latest_AnyRange_EqualsAWalk() =>
        Gen.Select(Cases, Gen.Int[0, 60 * 24 * 20]).Sample((c, minutes) =>
        {
            var calendar = OccurrenceCalendar.For(c.Item1, c.Item2);
            var upTo = c.Item3.AddMinutes(minutes);
            return calendar.Latest(c.Item3, upTo) == (Walk(calendar, c.Item3, upTo) is { Count: > 0 } all ? all[^1] : null);
        }, iter: 600);

    [Fact]
    public void Count_AnyRange_EqualsAWalk() =>
        Gen.Select(Cases, Gen.Int[0, 60 * 24 * 40]).Sample((c, minutes) =>
        {
            var calendar = OccurrenceCalendar.For(c.Item1, c.Item2);
            var to = c.Item3.AddMinutes(minutes);
            return calendar.Count(c.Item3, to) == Walk(calendar, c.Item3.AddTicks(-1), to).Count;
        }, iter: 600);

    [Theory]
    [InlineData("America/New_York")]
    [InlineData("UTC")]
    [InlineData("Africa/Casablanca")]
    public void Count_AYear_EqualsAWalk(string zone)
    {
        var calendar = OccurrenceCalendar.For("*/5 * * * *", zone);

        Assert.Equal(Walk(calendar, Midyear.AddTicks(-1), Midyear.AddYears(1)).Count, calendar.Count(Midyear, Midyear.AddYears(1)));
    }

    [Fact]
    public void Count_BothEndsMatch_AreIncluded() =>
        Assert.Equal(2, OccurrenceCalendar.For("0 9 * * *", "UTC").Count(Midyear.AddHours(9), Midyear.AddHours(33)));

    [Fact]
    public void Latest_AfterIsExcludedAndUpToIncluded()
    {
        var calendar = OccurrenceCalendar.For("0 9 * * *", "UTC");

        Assert.Null(calendar.Latest(Midyear.AddHours(9), Midyear.AddHours(32)));
        Assert.Equal(Midyear.AddHours(33), calendar.Latest(Midyear.AddHours(9), Midyear.AddHours(33)));
    }

    [Fact]
    public void All_LeapDay_IsFoundEightYearsApart()
    {
        var calendar = OccurrenceCalendar.For("0 0 29 2 *", "Europe/Dublin");
        var from = new DateTimeOffset(2096, 3, 1, 0, 0, 0, TimeSpan.Zero);
        var leap = new DateTimeOffset(2104, 2, 29, 0, 0, 0, TimeSpan.Zero);

        Assert.Equal(leap, calendar.Next(from));
        Assert.Equal(leap, calendar.Latest(from, leap.AddYears(3)));
        Assert.Equal(1, calendar.Count(from, leap.AddYears(3)));
    }

    [Theory]
    [InlineData("*/5 * * * *", "Pacific/Apia")]
    [InlineData("0 0 29 2 *", "America/New_York")]
    [InlineData("0 23 31 12 *", "America/New_York")]
    public void All_AtTheEndsOfTime_DoNotThrow(string cron, string zone)
    {
        var calendar = OccurrenceCalendar.For(cron, zone);

        Assert.Null(calendar.Next(DateTimeOffset.MaxValue));
        Assert.NotNull(calendar.Next(DateTimeOffset.MinValue));
        Assert.NotNull(calendar.Latest(DateTimeOffset.MinValue, DateTimeOffset.MaxValue));
        Assert.Equal(0, calendar.Count(DateTimeOffset.MaxValue, DateTimeOffset.MaxValue));
        Assert.Equal(0, calendar.Count(Midyear, Midyear.AddDays(-1)));
        for (var at = new DateTimeOffset(9998, 12, 27, 0, 0, 0, TimeSpan.Zero); at.Year > 9000;)
        {
            at = calendar.Next(at) ?? DateTimeOffset.MinValue;
        }
    }

    [Theory]
    [InlineData("0 0 * * 1/2", "0 0 * * 1,3,5")]
    [InlineData("0 0 * * 6/1", "0 0 * * 6")]
    [InlineData("0 3,*/5 */10,2 * *", "0 0,3,5,10,15,20 1,2,11,21,31 * *")]
    [InlineData("0 *,3 * * *", "0 * * * *")]
    [InlineData("000 0009 * 01 *", "0 9 * 1 *")]
    public void Next_WhereCronosReadsOtherwise_KeepsTheContract(string cron, string same)
    {
        var one = OccurrenceCalendar.For(cron, "UTC");
        var other = OccurrenceCalendar.For(same, "UTC");

        Assert.Equal(Walk(other, Midyear, Midyear.AddYears(1)), Walk(one, Midyear, Midyear.AddYears(1)));
    }

    // Found with Casablanca: Cronos answered 01:00Z on 2027-03-14, before the instant asked about, because the platform calls
    // a skipped time valid; and it left out the repeated hour of 2027-02-07. Dublin had the same fault every spring and autumn.
    [Fact]
    public void Next_EveryChangeOfEveryZone_KeepsTheContractsRule()
    {
        var changes = ZoneNames.OfThisMachine().All.Values.SelectMany(name =>
            OffsetChange.Between(
                TimeZones.Find(name)!, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2042, 1, 1, 0, 0, 0, DateTimeKind.Utc))
                .Select(change => (name, change)));
        var faults = changes.Where(c => !KeepsRhythm(c.name, c.change) || !FiresOnce(c.name, c.change)).Select(c => $"{c.name} {c.change}").ToList();

        Assert.Empty(faults);
    }

    private static bool KeepsRhythm(string zone, OffsetChange change)
    {
        var from = new DateTimeOffset(change.At.AddMinutes(-90));
        return Walk(OccurrenceCalendar.For("*/5 * * * *", zone), from, from.AddMinutes(180))
            .SequenceEqual(Enumerable.Range(1, 36).Select(i => from.AddMinutes(5 * i)));
    }

    // A fixed time in the middle of what is skipped comes at the change; in the middle of what is repeated, once.
    private static bool FiresOnce(string zone, OffsetChange change)
    {
        var middle = change.WallClock + ((change.After - change.Before) / 2);
        var calendar = OccurrenceCalendar.For($"{middle.Minute} {middle.Hour} * * *", zone);
        var around = Walk(calendar, new DateTimeOffset(change.At.AddHours(-6)), new DateTimeOffset(change.At.AddHours(6)));
        return around.Count == 1 && (!change.IsGap || around[0].UtcDateTime == change.At);
    }

    // Beyond the years that are rewritten the platform's fault remains, and must still not stop the clock.
    [Fact]
    public void Next_BeyondTheRewrittenYears_StillGoesForward()
    {
        var calendar = OccurrenceCalendar.For("*/5 * * * *", "Africa/Casablanca");
        var at = new DateTimeOffset(2079, 12, 20, 0, 0, 0, TimeSpan.Zero);
        while (at.Year < 2088)
        {
            var next = calendar.Next(at)!.Value;
            Assert.InRange(next - at, TimeSpan.FromTicks(1), TimeSpan.FromMinutes(125));
            at = next;
        }
    }

    [Theory]
    [InlineData("nonsense", "UTC")]
    [InlineData("0 9 * * *", "Nowhere/None")]
    [InlineData("0 9 * * *", "Eastern Standard Time")]
    public void For_Invalid_Throws(string cron, string zone) =>
        Assert.Throws<ArgumentException>(() => OccurrenceCalendar.For(cron, zone));

    [Fact]
    public void GetOrAdd_ManyKeys_StaysBounded()
    {
        var cache = new RecentCache<int, int>(10);
        for (var i = 0; i < 1_000; i++)
        {
            Assert.Equal(i, cache.GetOrAdd(i, static key => key));
        }

        Assert.InRange(cache.Count, 10, 20);
    }

    private static Gen<(string, string, DateTimeOffset)> Cases =>
        Gen.Select(CronGen.Valid, Gen.Int[0, Zones.Length - 1].Select(i => Zones[i]), Gen.Int[0, 60 * 24 * 365 * 5],
            (cron, zone, minute) => (cron, zone, new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minute)));

    private static List<DateTimeOffset> Walk(OccurrenceCalendar calendar, DateTimeOffset after, DateTimeOffset upTo)
    {
        var all = new List<DateTimeOffset>();
        for (var at = calendar.Next(after); at <= upTo; at = calendar.Next(at.Value))
        {
            all.Add(at.Value);
        }

        return all;
    }
}
