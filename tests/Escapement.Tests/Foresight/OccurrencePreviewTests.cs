using System.Globalization;
using Escapement.Foresight;

namespace Escapement.Tests.Foresight;

public sealed class OccurrencePreviewTests
{
    private const string NewYork = "America/New_York";

    [Fact]
    public void Of_TimeThatTheClocksSkip_NamesItAndMarksTheOffset()
    {
        var shown = Of("30 2 * * *", NewYork, "2026-03-07T12:00:00Z", 2);
        Assert.Equal(["2026-03-08T03:00:00-04:00", "2026-03-09T02:30:00-04:00"], shown.Select(Local));
        Assert.Equal((true, "The clocks skip 02:30 on 8 March 2026; it runs at 03:00, when they go on"), (shown[0].OffsetChanged, shown[0].Note));
        Assert.Equal((false, null), (shown[1].OffsetChanged, shown[1].Note));
    }

    [Fact]
    public void Of_TimeThatTheClocksShowTwice_SaysWhichOfTheTwo()
    {
        var shown = Of("30 1 * * *", NewYork, "2026-10-31T12:00:00Z", 2);
        Assert.Equal(["2026-11-01T01:30:00-04:00", "2026-11-02T01:30:00-05:00"], shown.Select(Local));
        Assert.Equal("The clocks show 01:30 twice on 1 November 2026; this is the first time", shown[0].Note);
        Assert.Equal((true, null), (shown[1].OffsetChanged, shown[1].Note));
    }

    [Fact]
    public void Of_RhythmThroughARepeat_KeepsItAndNamesBoth()
    {
        var shown = Of("*/30 1 * * *", NewYork, "2026-11-01T03:00:00Z", 5);
        static string Which(string? note) => note is null ? "" : note.Contains("first", StringComparison.Ordinal) ? "first" : "second";
        Assert.Equal(
            ["01:00 first", "01:30 first", "01:00 second", "01:30 second", "01:00 "],
            shown.Select(s => $"{s.At.ToString("HH:mm", CultureInfo.InvariantCulture)} {Which(s.Note)}"));
    }

    [Fact]
    public void Of_GapAtWhichSomethingIsDueAnyway_IsNotBlamedForIt()
    {
        var shown = Of("0 3 * * *", NewYork, "2026-03-07T12:00:00Z", 1);
        Assert.Equal(("2026-03-08T03:00:00-04:00", null), (Local(shown[0]), shown[0].Note));
    }

    [Fact]
    public void Of_DateThatComesSeldom_ShowsWhatThereIs()
    {
        Assert.Equal(["2028-02-29T00:00:00+00:00", "2032-02-29T00:00:00+00:00"], Of("0 0 29 2 *", "UTC", "2026-01-01T00:00:00Z", 2).Select(Local));
        Assert.Empty(Of("0 0 1 1 *", "UTC", "9999-12-31T23:00:00Z", 2));
    }

    [Fact]
    public void TouchedByClocks_TimesOfTheirChanges_AreThoseWithinAYear()
    {
        var daily = Touched("30 1,2 * * *", NewYork, "2026-01-01T00:00:00Z");
        Assert.Equal(["2026-03-08T03:00:00-04:00", "2026-11-01T01:30:00-04:00"], daily.Select(Local));
        Assert.Equal(
            [
                "The clocks skip 02:30 on 8 March 2026; it runs at 03:00, when they go on",
                "The clocks show 01:30 twice on 1 November 2026; this is the first time",
            ],
            daily.Select(o => o.Note));
        Assert.Equal([true, false], daily.Select(o => o.OffsetChanged));
    }

    [Theory]
    [InlineData("0 9 * * *", NewYork)]
    [InlineData("*/30 * * * *", NewYork)]
    [InlineData("30 2 * * *", "UTC")]
    [InlineData("30 2 9 3 *", NewYork)]
    public void TouchedByClocks_OtherTimesAndRhythms_AreNone(string cron, string zone) => Assert.Empty(Touched(cron, zone, "2026-01-01T00:00:00Z"));

    private static IReadOnlyList<ForeseenOccurrence> Touched(string cron, string zone, string after) =>
        OccurrencePreview.TouchedByClocks(cron, zone, DateTimeOffset.Parse(after, CultureInfo.InvariantCulture));

    private static IReadOnlyList<ForeseenOccurrence> Of(string cron, string zone, string after, int count) =>
        OccurrencePreview.Of(cron, zone, DateTimeOffset.Parse(after, CultureInfo.InvariantCulture), count);

    private static string Local(ForeseenOccurrence occurrence) => occurrence.At.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
