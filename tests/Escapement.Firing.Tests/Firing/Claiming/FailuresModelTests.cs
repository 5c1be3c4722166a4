using CsCheck;
using Escapement.Scheduling;

namespace Escapement.Firing.Claiming;

/// <summary>
/// Failures in a row of a schedule that comes due every five minutes, through pauses of its own and of its tenant that end by themselves, are resumed
/// or are taken back: each run begins with the count that somebody who writes a tally has. A success, a resume and a pause's own end set it back.
/// </summary>
public sealed class FailuresModelTests
{
    private static readonly Gen<Step> Steps = Gen.Frequency(
        (8, Gen.Const(Step.Fails)),
        (2, Gen.Const(Step.Succeeds)),
        (2, Gen.Const(Step.PausesForTwelveMinutes)),
        (2, Gen.Const(Step.Pauses)),
        (2, Gen.Const(Step.Resumes)),
        (2, Gen.Const(Step.TakesThePauseBack)),
        (2, Gen.Const(Step.PausesItsTenant)),
        (2, Gen.Const(Step.ResumesItsTenant)));

    private enum Step
    {
        Fails,
        Succeeds,
        PausesForTwelveMinutes,
        Pauses,
        Resumes,
        TakesThePauseBack,
        PausesItsTenant,
        ResumesItsTenant,
    }

    [Fact]
    public void Claim_AnyLifeOfASchedule_CountsFailuresAsATallyDoes() => Steps.Array[1, 60].Sample(Live);

    private static void Live(Step[] steps)
    {
        var now = new DateTimeOffset(2026, 3, 2, 9, 1, 0, TimeSpan.Zero);
        var host = new OneSchedule(New(now), TimeSpan.FromHours(6));
        var (tally, before) = (0, new List<int>());
        Pause? tenants = null;
        foreach (var step in steps)
        {
            now += TimeSpan.FromMinutes(5);
            var own = host.Schedule.Pause;
            tally = own is { EndedAt: null } && own.Until <= now ? 0 : tally;
            Assert.True(host.ClaimAsync(now).IsCompletedSuccessfully);
            if (host.Schedule.ActiveRun is not null)
            {
                before.Add(tally);
                tally = step == Step.Succeeds ? 0 : tally + 1;
                host.EndRun(now, tally);
            }

            own = host.Schedule.Pause is { } there && there.HoldsAt(now) ? there : null;
            switch (step)
            {
                case Step.PausesForTwelveMinutes or Step.Pauses when own is null:
                    var pause = New(PauseLayer.Schedule, now, step == Step.Pauses ? null : now.AddMinutes(12));
                    host.Change(s => s with { Pause = pause }, now);
                    break;
                case Step.Resumes when own is not null:
                    host.Change(s => ScheduleRules.Resume(s, onEnd: null, byOperator: true, now).Schedule!, now);
                    tally = 0;
                    break;
                case Step.TakesThePauseBack when own is not null:
                    host.Change(s => s with { Pause = own with { EndedAt = now } }, now);
                    break;
                case Step.PausesItsTenant when tenants is null:
                    tenants = New(PauseLayer.Tenant, now, until: null);
                    host.Pause(new PauseTarget(host.Schedule.Scope.Tenant, null), tenants);
                    break;
                case Step.ResumesItsTenant when tenants is not null:
                    host.Resume(tenants.Id, now, PauseEnd.Next);
                    tenants = null;
                    break;
                default:
                    break;
            }
        }

        Assert.Equal(before, host.FailuresBefore);
    }

    private static Schedule New(DateTimeOffset now) => new()
    {
        Id = new ScheduleId(Guid.NewGuid()),
        Scope = MemoryBucket.Scope("acme"),
        Endpoint = MemoryBucket.Endpoint,
        Cron = "*/5 * * * *",
        TimeZone = "UTC",
        Enabled = true,
        Policy = new SchedulePolicy(),
        NextDueAt = OccurrenceCalendar.For("*/5 * * * *", "UTC").Next(now),
        CreatedAt = now,
        UpdatedAt = now,
    };

    private static Pause New(PauseLayer layer, DateTimeOffset since, DateTimeOffset? until) => new()
    {
        Id = Guid.NewGuid(),
        Layer = layer,
        Since = since,
        Until = until,
        OnEnd = PauseEnd.Next,
        Cause = PauseCause.Asked,
        Note = "database move",
        By = "ops",
    };
}
