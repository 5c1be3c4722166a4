using Escapement.Extensions;

namespace Escapement.Scheduling;

/// <summary>Which occurrences can be skipped ahead of time, and until when that can be taken back.</summary>
public sealed class SkipsTests
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly Schedule Schedule = new()
    {
        Id = new ScheduleId(Guid.NewGuid()),
        Scope = new InstallScope(TenantId.Parse("acme"), new InstallId(Guid.NewGuid())),
        Endpoint = new EndpointKey("POST", "/api/sync"),
        Cron = "*/5 * * * *",
        TimeZone = "UTC",
        Enabled = true,
        NextDueAt = Nine,
        CreatedAt = Nine.AddDays(-1),
        UpdatedAt = Nine.AddDays(-1),
    };

    [Theory]
    [InlineData(0, true)]
    [InlineData(5, true)]
    [InlineData(7, false)]
    [InlineData(-5, false)]
    public void Add_OnlyOccurrencesToCome_AreTaken(int minute, bool taken)
    {
        var change = Skips.Add(Schedule, Skip(minute), Nine.AddMinutes(-1));

        Assert.Equal(taken, change.IsDone);
        Assert.Equal(taken, change.FieldErrors is null);
    }

    [Fact]
    public void Add_NoOccurrence_SaysTheNext() => Assert.Equal(
        "Not an occurrence to come; the next one is 2026-03-02T09:10:00.000Z", Skips.Add(Schedule, Skip(7), Nine).FieldErrors!["at"]);

    [Fact]
    public void Add_Twice_IsRefused() =>
        Assert.Equal(ScheduleChangeKind.AlreadySkipped, Skips.Add(Skips.Add(Schedule, Skip(5), Nine).Schedule!, Skip(5), Nine).Kind);

    [Theory]
    [InlineData(99, true)]
    [InlineData(100, false)]
    public void Add_OneStepEitherSideOfTheLimit_IsTakenOrNot(int before, bool taken)
    {
        var full = Schedule with { Skips = [.. Enumerable.Range(1, before).Select(i => Skip(5 * i))] };

        Assert.Equal(taken, Skips.Add(full, Skip(5 * (before + 1)), Nine).IsDone);
    }

    [Theory]
    [InlineData(-1, ScheduleChangeKind.Done)]
    [InlineData(0, ScheduleChangeKind.AlreadyDue)]
    public void TakeBack_OneStepEitherSideOfItsTime_IsDoneOrNot(int milliseconds, ScheduleChangeKind kind)
    {
        var skipped = Skips.Add(Schedule, Skip(5), Nine).Schedule!;

        Assert.Equal(kind, Skips.TakeBack(skipped, Nine.AddMinutes(5), Nine.AddMinutes(5).AddMilliseconds(milliseconds)).Kind);
        Assert.Equal(ScheduleChangeKind.NotSkipped, Skips.TakeBack(skipped, Nine.AddMinutes(10), Nine).Kind);
    }

    [Fact]
    public void NextToRunAt_SkipsAhead_IsTheFirstThatIsNot()
    {
        var skipped = Schedule with { Skips = [Skip(0), Skip(5), Skip(15)] };

        Assert.Equal((Nine, Nine.AddMinutes(10)), (skipped.NextDueAt, skipped.NextToRunAt));
    }

    [Fact]
    public void Without_SomeOccurrences_CountsAndWalksTheOthers()
    {
        var calendar = OccurrenceCalendar.For("*/5 * * * *", "UTC").Without([Nine.AddMinutes(5), Nine.AddMinutes(10), Nine.AddHours(2)]);

        Assert.Equal(Nine.AddMinutes(15), calendar.Next(Nine));
        Assert.Equal(11, calendar.Count(Nine, Nine.AddHours(1)));
        Assert.Equal(Nine.AddMinutes(115), calendar.Latest(Nine, Nine.AddHours(2)));
    }

    private static OccurrenceSkip Skip(int minute) => new() { At = Nine.AddMinutes(minute), Note = "closed", By = "ops", Since = Nine };
}
