using Escapement.Scheduling;

namespace Escapement.Tests.Scheduling;

public sealed class StartTimeTests
{
    [Theory]
    [InlineData("0 9 * * *", 3600, 3600)]
    [InlineData("*/5 * * * *", 3600, 150)]
    [InlineData("*/5 * * * *", 149, 149)]
    public void PlaceOf_ManySchedules_FillTheWindowUpToHalfTheShortestInterval(string cron, int spread, int window)
    {
        var calendar = OccurrenceCalendar.For(cron, "UTC");

        var places = Enumerable.Range(0, 10_000)
            .Select(_ => StartTime.PlaceOf(new ScheduleId(Ids.Next(TimeProvider.System)), TimeSpan.FromSeconds(spread), calendar).TotalSeconds)
            .ToList();

        Assert.All(places, p => Assert.InRange(p, 0, window));
        var tenths = places.CountBy(p => (int)(p / window * 10)).ToDictionary();
        Assert.Equal(10, tenths.Count);
        Assert.All(tenths.Values, n => Assert.InRange(n, 700, 1_300));
    }

    // A place that changed with a version of the host would move every schedule of every installation.
    [Fact]
    public void PlaceOf_OneSchedule_IsTheSameForEver()
    {
        var id = new ScheduleId(Guid.Parse("01957a3c-6b5e-7d2f-8a41-3f9c2e7d1b60"));

        Assert.Equal(TimeSpan.FromMilliseconds(1_810_053), StartTime.PlaceOf(id, TimeSpan.FromHours(1), OccurrenceCalendar.For("0 9 * * *", "UTC")));
        Assert.Equal(TimeSpan.Zero, StartTime.PlaceOf(id, TimeSpan.Zero, OccurrenceCalendar.For("0 9 * * *", "UTC")));
    }
}
