using Escapement.Firing.Claiming;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Stores.Conformance;

/// <summary>Occurrences that are skipped ahead of time.</summary>
public abstract class SkipFacts(IStoreFixture store) : StoreFacts(store)
{
    [Fact]
    public async Task Claim_Skipped_WritesItsRowWhenItIsDueAndGoesOn()
    {
        var schedule = await Skipped(Minute(5), Minute(5));
        Assert.Equal(Minute(5), await Store.Claims.PeekAsync(Minute(1)));

        Assert.Empty(await Plan(Minute(5)));

        var row = Assert.Single(await Ledger(schedule));
        Assert.Equal((RunState.Skipped, RunReason.SkippedByAdmin, Minute(5)), (row.State, row.Reason, row.DueAt));
        Assert.Equal(("closed", "ops", null), (row.Note, row.RequestedBy, row.MissedCount));
        Assert.Equal((Minute(10), Minute(5)), await Reloaded(schedule) is var after ? (after.NextDueAt, after.LastDueAt) : default);
        Assert.Equal(Minute(10), Assert.Single(await Plan(Minute(10))).DueAt);
    }

    // It has a row of its own, and is in no other's range.
    [Fact]
    public async Task Claim_SkippedAmongMissed_IsNoneOfThose()
    {
        var schedule = await Skipped(Minute(5), Minute(15));

        Assert.Equal(Minute(25), Assert.Single(await Plan(Minute(27))).DueAt);

        var rows = await Ledger(schedule);
        Assert.Equal(3, Assert.Single(rows, r => r.State == RunState.Missed).MissedCount);
        Assert.Equal(Minute(15), Assert.Single(rows, r => r.Reason == RunReason.SkippedByAdmin).DueAt);
    }

    [Fact]
    public async Task Claim_SkippedAmongWhatIsCaughtUp_DoesNotRun()
    {
        await Skipped(Minute(5), Minute(15), new SchedulePolicy { Missed = MissedPolicy.All });

        var ran = new List<DateTimeOffset>();
        for (var now = Minute(22); await Plan(now) is [var run]; now = now.AddSeconds(10))
        {
            ran.Add(run.DueAt);
            await Complete(Succeeded(run, now));
        }

        Assert.Equal([Minute(5), Minute(10), Minute(20)], ran);
    }

    [Fact]
    public async Task Claim_TakenBack_Fires()
    {
        var schedule = await Skipped(Minute(5), Minute(5));
        await Change(schedule, s => Skips.TakeBack(s, Minute(5), Minute(2)), Minute(2));

        Assert.Equal(Minute(5), Assert.Single(await Plan(Minute(5))).DueAt);
        Assert.Empty((await Reloaded(schedule)).Skips);
    }

    [Fact]
    public async Task Update_TimesMove_VoidsTheSkipAndShowsIt()
    {
        var schedule = await Skipped(Minute(5), Minute(10));

        var change = await Change(schedule, s => ScheduleChange.Done(s with { Cron = "7 * * * *", NextDueAt = Minute(7) }), Minute(2));

        Assert.Equal(Minute(2), Assert.Single(change.Skips).VoidedAt);
        Assert.Equal(change.Skips, (await Reloaded(schedule)).Skips);
    }

    [Fact]
    public async Task Update_TimesMoveBeforeTheClaim_WritesTheRowOfTheSkip()
    {
        var schedule = await Skipped(Minute(5), Minute(10));

        await Change(schedule, s => ScheduleChange.Done(s with { Cron = "7 * * * *", NextDueAt = Minute(67) }), Minute(16));

        Assert.Equal(
            [(RunReason.SkippedByAdmin, Minute(10), null), (RunReason.ScheduleChanged, Minute(5), 2)],
            (await Ledger(schedule)).Select(r => (r.Reason, r.DueAt, r.MissedCount)));
    }

    private async Task<Schedule> Skipped(DateTimeOffset due, DateTimeOffset at, SchedulePolicy? policy = null)
    {
        var schedule = await Created(NewSchedule(await Installed(), due) with { Policy = policy ?? SchedulePolicy.Default });
        var skip = new OccurrenceSkip { At = at, Note = "closed", By = "ops", Since = Minute(1) };
        return await Change(schedule, s => Skips.Add(s, skip, Minute(1)), Minute(1));
    }

    private async Task<Schedule> Change(Schedule schedule, Func<Schedule, ScheduleChange> change, DateTimeOffset now) =>
        (await Store.Schedules.UpdateAsync(schedule.Scope, schedule.Id, change, Limits(now), Entry("schedule.update"))).Schedule!;

    private async Task<IReadOnlyList<ClaimedRun>> Plan(DateTimeOffset now) =>
        (await Store.Claims.ClaimAsync(Request(now, plan: due => new OccurrencePlanner(TimeSpan.FromHours(24)).Plan(due, now)))).Runs;
}
