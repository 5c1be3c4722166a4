namespace Escapement.Faults.Tests.Checking;

public sealed class CronWalkTests
{
    private static readonly DateTimeOffset T0 = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("*/20 * * * *", "UTC", "12:20 12:40 13:00")]
    [InlineData("3,18 * * * *", "UTC", "12:03 12:18")]
    [InlineData("50-58/5 12 * * *", "UTC", "12:50 12:55")]
    [InlineData("40/10 * * * 0", "UTC", "12:40 12:50")]
    [InlineData("0 18 1 3 *", "Asia/Kolkata", "12:30")]
    [InlineData("0 * * * 1", "UTC", "")]
    public void Between_AnHour_AreTheMinutesThatMatch(string cron, string zone, string expected)
    {
        var found = new CronWalk(cron, zone).Between(T0, T0.AddHours(1));

        Assert.Equal(expected, string.Join(' ', found.Select(o => o.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture))));
    }
}
