using CsCheck;
using Escapement.Scheduling;

namespace Escapement.Firing;

public class OccurrencePlannerTests
{
    private static readonly string[] Crons = ["*/5 * * * *", "0 * * * *", "30 2 * * *", "0,30 9-17 * * 1-5", "0 0 1 * *", "15 1,2 * * *"];
    private static readonly string[] Zones = ["UTC", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"];

    [Fact]
    public void Plan_AnyDelay_PutsEveryOccurrenceInTheLedgerExactlyOnce() =>
        Gen.Select(Gen.Int[0, Crons.Length - 1], Gen.Int[0, Zones.Length - 1], Gen.Int[0, 500_000], Gen.Int[0, 3_000], Gen.Bool).Sample((cronIndex, zoneIndex, startMinute, lateMinutes, overlap) =>
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
