using CsCheck;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Firing.Claiming;

public class OccurrencePlannerTests
{
    private static readonly string[] Crons = ["*/5 * * * *", "0 * * * *", "30 2 * * *", "0,30 9-17 * * 1-5", "0 0 1 * *", "15 1,2 * * *"];
    private static readonly string[] Zones = ["UTC", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"];

    [Theory]
    [InlineData("0 9 * * *", "Mars/Olympus_Mons", "Invalid timezone: this host does not know \"Mars/Olympus_Mons\"")]
    [InlineData("0 9 * *", "UTC", "Invalid cron expression (expected 5 fields: m h dom mon dow)")]
    [InlineData("", "", "Invalid cron expression (expected 5 fields: m h dom mon dow)")]
    [InlineData(null, "UTC", "The next occurrence cannot be computed: Value cannot be null. (Parameter 'cron')")]
    public void Plan_WhatIsStoredCannotBeRead_IsBrokenAndSaysWhy(string? cron, string zone, string why)
    {
        var due = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

        var schedule = new DueSchedule(default, due, cron!, zone, new RunId(Guid.NewGuid()), SchedulePolicy.Default);
        var plan = new OccurrencePlanner(TimeSpan.FromHours(24)).Plan(schedule, due.AddSeconds(1));

        Assert.Equal(new OccurrencePlan(null, due, null, null, null, why), plan);
    }

    // A window that is shorter than an occurrence may wait for its turn would let nothing fire.
    [Theory]
    [InlineData(MissedPolicy.Latest, null, 24 * 3600, true, RunReason.None)]
    [InlineData(MissedPolicy.Latest, null, (24 * 3600) + 1, false, RunReason.OutsideCatchUpWindow)]
    [InlineData(MissedPolicy.Latest, 90, 90 * 60, true, RunReason.None)]
    [InlineData(MissedPolicy.Latest, 90, (90 * 60) + 1, false, RunReason.OutsideCatchUpWindow)]
    [InlineData(MissedPolicy.Latest, 0, 60, true, RunReason.None)]
    [InlineData(MissedPolicy.Latest, 0, 61, false, RunReason.OutsideCatchUpWindow)]
    [InlineData(MissedPolicy.None, 90, 60, true, RunReason.None)]
    [InlineData(MissedPolicy.None, 90, 61, false, RunReason.NotCaughtUp)]
    public void Plan_Late_FiresByThePolicyOneStepEitherSide(MissedPolicy missed, int? catchUpMinutes, int secondsLate, bool fires, RunReason reason)
    {
        var due = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        var policy = new SchedulePolicy { Missed = missed, CatchUp = catchUpMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : null };

        var plan = new OccurrencePlanner(TimeSpan.FromHours(24))
            .Plan(new DueSchedule(default, due, "0 9 2 * *", "UTC", null, policy), due.AddSeconds(secondsLate));

        Assert.Equal(fires ? due : null, plan.Fire);
        Assert.Equal(fires ? null : new MissedOccurrences(due, due, 1, reason), plan.Missed);
    }

    // Due at 9:00, the schedule's place is some minutes behind that: all is as without a spread, that much later.
    [Theory]
    [InlineData(0, true)]
    [InlineData(3_600, true)]
    [InlineData(3_601, false)]
    public void Plan_Spread_CountsLatenessFromTheStartAndKeepsTheDueTime(int secondsAfterStart, bool fires)
    {
        var due = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        var policy = new SchedulePolicy { Spread = TimeSpan.FromHours(1), CatchUp = TimeSpan.FromHours(1) };
        var schedule = new DueSchedule(new ScheduleId(Guid.NewGuid()), due, "0 9 * * *", "UTC", null, policy);
        var place = StartTime.PlaceOf(schedule.Schedule, policy.Spread, OccurrenceCalendar.For(schedule.Cron, schedule.TimeZone));

        var plan = new OccurrencePlanner(TimeSpan.FromHours(24)).Plan(schedule, due + place + TimeSpan.FromSeconds(secondsAfterStart));

        Assert.Equal(fires ? due : null, plan.Fire);
        Assert.Equal(place, plan.Place);
        Assert.Equal((due.AddDays(1), due.AddDays(1) + place, due), (plan.NextDueAt, plan.NextStartAt, plan.LastDueAt));
    }

    [Fact]
    public void Plan_AnyText_NeverThrows() =>
        Gen.Select(
            Gen.OneOf(Gen.String, Gen.String[Gen.Char["0123456789*/,- "], 0, 40], Gen.Int[0, Crons.Length - 1].Select(i => Crons[i])),
            Gen.OneOf(Gen.String, Gen.Int[0, Zones.Length - 1].Select(i => Zones[i])),
            Gen.Long[DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks],
            Gen.Long[DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks])
            .Sample((cron, zone, due, now) => new OccurrencePlanner(TimeSpan.FromHours(24))
                .Plan(
                    new DueSchedule(default, new DateTimeOffset(due, TimeSpan.Zero), cron, zone, null, SchedulePolicy.Default),
                    new DateTimeOffset(now, TimeSpan.Zero))
                .LastDueAt?.Ticks >= due || now < due);

    [Fact]
    public void Plan_AnyDelay_PutsEveryOccurrenceInTheLedgerExactlyOnce() =>
        Gen.Select(
            Gen.Int[0, Crons.Length - 1],
            Gen.Int[0, Zones.Length - 1],
            Gen.Int[0, 500_000],
            Gen.Int[0, 3_000],
            Gen.Bool).Sample((cronIndex, zoneIndex, startMinute, lateMinutes, overlap) =>
        {
            var (cron, zone) = (Crons[cronIndex], Zones[zoneIndex]);
            var calendar = OccurrenceCalendar.For(cron, zone);
            var due = calendar.Next(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(startMinute))!.Value;
            var now = due.AddMinutes(lateMinutes).AddSeconds(7);
            RunId? active = overlap ? new RunId(Guid.NewGuid()) : null;

            var plan = new OccurrencePlanner(TimeSpan.FromHours(24)).Plan(new DueSchedule(default, due, cron, zone, active, SchedulePolicy.Default), now);

            var expected = new List<DateTimeOffset> { due };
            while (calendar.Next(expected[^1]) is { } next && next <= now)
            {
                expected.Add(next);
            }

            var latest = expected[^1];
            var stale = now - latest > TimeSpan.FromHours(24);
            Assert.Equal(calendar.Next(now), plan.NextDueAt);
            Assert.Equal(latest, plan.LastDueAt);
            Assert.Equal(stale || overlap ? null : latest, plan.Fire);
            Assert.Equal(!stale && overlap ? latest : null, plan.Skip);
            var missed = stale ? expected : expected[..^1];
            Assert.Equal(missed.Count, plan.Missed?.Count ?? 0);
            if (missed.Count > 0)
            {
                Assert.Equal((missed[0], missed[^1]), (plan.Missed!.Value.From, plan.Missed.Value.To));
            }
        });
}
