using CsCheck;
using Escapement.Scheduling;

namespace Escapement.Tests.Scheduling;

public sealed class ShortestIntervalTests
{
    [Theory]
    [InlineData("*/5 * * * *", 5)]
    [InlineData("0,50 * * * *", 10)]
    [InlineData("0,50 1,3 * * *", 50)]
    [InlineData("0 * * * *", 60)]
    [InlineData("0 0,23 * * *", 60)]
    [InlineData("0 0,23 * * 1", 23 * 60)]
    [InlineData("30 9,12 * * *", 180)]
    [InlineData("0 9 * * *", 24 * 60)]
    [InlineData("0 9 1 * *", 24 * 60)]
    public void Of_Expression_IsTheShortestDistanceUpToADay(string cron, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), OccurrenceCalendar.For(cron, "UTC").ShortestInterval);

    // The slow model: the times of one day, and whether any two dates of forty years that match follow one another.
    [Fact]
    public void Of_AnyExpression_IsWhatAWalkThroughDaysAndYearsFinds() => CronGen.Valid.Sample(
        cron =>
        {
            var fields = cron.Split(' ');
            var day = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
            var times = Walk($"{fields[0]} {fields[1]} * * *", day, day.AddDays(1));
            var dates = Walk($"0 0 {fields[2]} {fields[3]} {fields[4]}", day, day.AddYears(40));
            var gaps = times.Zip(times.Skip(1), (a, b) => b - a).Append(TimeSpan.FromDays(1));
            if (dates.Zip(dates.Skip(1)).Any(d => d.Second - d.First == TimeSpan.FromDays(1)))
            {
                gaps = gaps.Append(times[0].AddDays(1) - times[^1]);
            }

            Assert.Equal(gaps.Min(), OccurrenceCalendar.For(cron, "UTC").ShortestInterval);
        },
        iter: 100);

    private static List<DateTimeOffset> Walk(string cron, DateTimeOffset from, DateTimeOffset before)
    {
        var calendar = OccurrenceCalendar.For(cron, "UTC");
        var found = new List<DateTimeOffset>();
        for (var at = calendar.Next(from.AddTicks(-1)); at < before; at = calendar.Next(at.Value))
        {
            found.Add(at.Value);
        }

        return found;
    }
}
