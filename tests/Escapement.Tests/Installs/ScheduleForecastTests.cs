using Escapement.Extensions;
using Escapement.Installs;
using Escapement.Scheduling;

namespace Escapement.Tests.Installs;

public sealed class ScheduleForecastTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Schedule Daily = new()
    {
        Id = new ScheduleId(Guid.NewGuid()),
        Scope = new InstallScope(TenantId.Parse("acme"), new InstallId(Guid.NewGuid())),
        Endpoint = new EndpointKey("POST", "/api/sync"),
        Cron = "0 9 * * *",
        TimeZone = "UTC",
        Enabled = true,
        NextDueAt = Day(2),
        CreatedAt = Now,
        UpdatedAt = Now,
    };

    [Fact]
    public void Of_AScheduleThatFollows_IsItsNextSevenDays()
    {
        var forecast = ScheduleForecast.Of(Daily, ScheduleFate.Follows, installEnabled: true, Now);

        Assert.Equal(7, forecast.Count);
        Assert.Equal([Day(2), Day(3), Day(4), Day(5), Day(6)], forecast.First);
    }

    [Fact]
    public void Of_ASkippedOccurrence_IsLeftOut()
    {
        var skip = new OccurrenceSkip { At = Day(2), Note = "stocktaking", By = "ops", Since = Now };

        var forecast = ScheduleForecast.Of(Daily with { Skips = [skip] }, ScheduleFate.Follows, installEnabled: true, Now);

        Assert.Equal((6, Day(3)), (forecast.Count, forecast.First[0]));
    }

    [Fact]
    public void Of_ALostEndpointThatReturns_GoesOnWithTheNextOccurrence()
    {
        var held = Daily with { NextDueAt = Day(1), Pause = EndpointHold.Of(Guid.NewGuid(), Now.AddDays(-3), "gone") };

        Assert.Equal(Day(2), ScheduleForecast.Of(held, ScheduleFate.Returns, installEnabled: true, Now).First[0]);
        Assert.Equal(0, ScheduleForecast.Of(held, ScheduleFate.Follows, installEnabled: true, Now).Count);
    }

    [Theory]
    [InlineData(ScheduleFate.Lost, true, true)]
    [InlineData(ScheduleFate.StaysGone, true, true)]
    [InlineData(ScheduleFate.Follows, false, true)]
    [InlineData(ScheduleFate.Follows, true, false)]
    public void Of_WhatWouldNotFire_IsNone(object fate, bool enabled, bool installEnabled) =>
        Assert.Equal(0, ScheduleForecast.Of(Daily with { Enabled = enabled }, (ScheduleFate)fate, installEnabled, Now).Count);

    private static DateTimeOffset Day(int day) => new(2026, 3, day, 9, 0, 0, TimeSpan.Zero);
}
