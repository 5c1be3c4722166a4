using Escapement.Audit;
using Escapement.Firing.Claiming;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Waking;
using Escapement.Why;
using Microsoft.Extensions.Logging.Abstractions;

namespace Escapement.Stores.Conformance;

/// <summary>
/// Changes that were asked for a moment before an occurrence, and get to the schedule after something else has: its claim, or another change. Nothing is lost,
/// nothing runs twice, and why names the change that gave up what did not run.
/// </summary>
public abstract class LateChangeFacts(IStoreFixture store) : StoreFacts(store)
{
    private static readonly DateTimeOffset Asked = Minute(5).AddMilliseconds(-20);

    // With 12:05 among them too.
    private static readonly ScheduleInput OtherTimes = new() { Cron = "5-55/10 * * * *" };

    private readonly SteppedTime time = new(Asked);

    [Theory]
    [InlineData("update", 15)]
    [InlineData("disable", null)]
    [InlineData("delete", null)]
    public async Task Change_ARunWasOpenedMeanwhile_LeavesItAlone(string change, int? next)
    {
        var schedule = await Created(await Installed(), Minute(5));
        var open = new List<ClaimedRun>();

        await ChangeAsync(change, schedule, async () => open.AddRange(await Plan(Minute(5))));

        Assert.Equal([(Minute(5), RunState.Running)], (await Ledger(schedule)).Select(r => (r.DueAt, r.State)));
        Assert.Equal(WhyVerdict.Running, (await WhyAsync(schedule)).Verdict);
        await Complete(Succeeded(Assert.Single(open), Minute(6)));
        Assert.Empty(await Plan(Minute(14)));
        Assert.Equal(next is { } minute ? [Minute(minute)] : [], (await Plan(Minute(16))).Select(r => r.DueAt));
    }

    [Theory]
    [InlineData("update", RunReason.ScheduleChanged, "edit")]
    [InlineData("disable", RunReason.ScheduleDisabled, "schedule-disabled")]
    [InlineData("delete", RunReason.ScheduleDeleted, "schedule-deleted")]
    public async Task Change_TheOccurrenceWaitsSince_GivesItUpAndWhyNamesTheChange(string change, RunReason reason, string code)
    {
        var schedule = await Created(NewSchedule(await Installed(), Minute(0)) with { Policy = new SchedulePolicy { Overlap = OverlapPolicy.QueueOne } });
        var open = Assert.Single(await Plan(Minute(0)));

        await ChangeAsync(change, schedule, async () => Assert.Empty(await Plan(Minute(5))));

        await Complete(Succeeded(open, Minute(6)));
        Assert.Empty(await Plan(Minute(7)));
        var given = Assert.Single(await Ledger(schedule), r => r.State != RunState.Succeeded);
        Assert.Equal((Minute(5), RunState.Abandoned, reason), (given.DueAt, given.State, given.Reason));
        Assert.Equal((Asked, Asked), (given.CreatedAt, given.FinishedAt!.Value));
        var why = await WhyAsync(schedule);
        var cause = Assert.Single(why.Causes);
        Assert.Equal((WhyVerdict.Abandoned, code, "ada", (DateTimeOffset?)Asked), (why.Verdict, cause.Code, cause.Who, cause.When));
    }

    [Fact]
    public async Task Update_AnotherThatWasAskedForLaterCameFirst_WhyNamesTheOneThatGaveItUp()
    {
        var schedule = await Created(await Installed(), Minute(5));

        await ChangeAsync("update", schedule, async () =>
        {
            time.Set(Minute(5).AddMilliseconds(20));
            await ChangeAsync("update", schedule, () => Task.CompletedTask, new ScheduleInput { Cron = "0 9 * * *" }, by: "ben");
        });

        var why = await WhyAsync(schedule);
        Assert.Equal((WhyVerdict.Abandoned, "edit", "ben"), (why.Verdict, why.Causes[0].Code, why.Causes[0].Who));
        Assert.Equal(("*/5 * * * *", "0 9 * * *"), (why.Causes[0].Parameters["fromCron"], why.Causes[0].Parameters["toCron"]));
    }

    // Asked for now; before the store has its turn at it, something else happens.
    private async Task ChangeAsync(string change, Schedule schedule, Func<Task> meanwhile, ScheduleInput? input = null, string by = "ada")
    {
        using var audit = new AuditLog(Store.Audit, time, NullLogger<AuditLog>.Instance);
        async ValueTask<ScheduleChange> LateAsync(string name, object?[] args)
        {
            await meanwhile();
            return await (ValueTask<ScheduleChange>)typeof(IScheduleStore).GetMethod(name)!.Invoke(Store.Schedules, args)!;
        }

        var schedules = Intercepted.Of(Store.Schedules, (name, args) => name is "UpdateAsync" or "DeleteAsync" ? LateAsync(name, args) : null);
        var operations = new ScheduleOperations(schedules, audit, new WakeSignal(time), time, new ScheduleLimits());
        var (id, actor) = (schedule.Id.ToString(), new Actor(ActorKind.Admin, by));
        var done = change switch
        {
            "delete" => await operations.DeleteAsync(schedule.Scope, id, actor),
            "disable" => await operations.UpdateAsync(schedule.Scope, [], id, new ScheduleInput { Enabled = false }, actor),
            _ => await operations.UpdateAsync(schedule.Scope, [], id, input ?? OtherTimes, actor),
        };
        Assert.Equal(ScheduleChangeKind.Done, done.Kind);
    }

    private async Task<WhyAnswer> WhyAsync(Schedule schedule)
    {
        time.Set(Minute(8));
        return (await NewWhyFinder(time).FindAsync(schedule.Scope, schedule.Id, Minute(5)))!;
    }
}
