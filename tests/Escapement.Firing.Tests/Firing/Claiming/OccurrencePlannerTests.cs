using CsCheck;
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

        var plan = new OccurrencePlanner(TimeSpan.FromHours(24)).Plan(new DueSchedule(default, due, cron!, zone, new RunId(Guid.NewGuid())), due.AddSeconds(1));

        Assert.Equal(new OccurrencePlan(null, due, null, null, null, why), plan);
    }

    [Fact]
    public void Plan_AnyText_NeverThrows() =>
        Gen.Select(
            Gen.OneOf(Gen.String, Gen.String[Gen.Char["0123456789*/,- "], 0, 40], Gen.Int[0, Crons.Length - 1].Select(i => Crons[i])),
            Gen.OneOf(Gen.String, Gen.Int[0, Zones.Length - 1].Select(i => Zones[i])),
            Gen.Long[DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks],
            Gen.Long[DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks])
            .Sample((cron, zone, due, now) => new OccurrencePlanner(TimeSpan.FromHours(24))
                .Plan(new DueSchedule(default, new DateTimeOffset(due, TimeSpan.Zero), cron, zone, null), new DateTimeOffset(now, TimeSpan.Zero))
                .LastDueAt.Ticks >= due || now < due);

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

            var plan = new OccurrencePlanner(TimeSpan.FromHours(24)).Plan(new DueSchedule(default, due, cron, zone, active), now);

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
