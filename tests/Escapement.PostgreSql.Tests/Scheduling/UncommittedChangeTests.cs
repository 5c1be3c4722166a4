using Escapement.Scheduling;
using Escapement.Stores.Conformance;
using Escapement.Why;

namespace Escapement.PostgreSql.Tests.Scheduling;

/// <summary>
/// A change that holds its schedule when an occurrence comes due, and was asked for before: claims pass it over, and the occurrence is as the new times have
/// it, because they count from when they were asked for.
/// </summary>
public sealed class UncommittedChangeTests(PostgreSqlFixture store) : StoreFacts(store), IClassFixture<PostgreSqlFixture>
{
    private readonly SteppedTime time = new(Minute(8));

    [Theory]
    [InlineData("5-55/10 * * * *", true)]
    [InlineData("0-50/10 * * * *", false)]
    public async Task Claim_AtAnInstantAfterTheChangeAndBeforeItsCommit_LeavesTheOccurrenceToTheNewTimes(string cron, bool hasIt)
    {
        var schedule = await Created(await Installed(), Minute(5));
        var asked = Minute(5).AddMilliseconds(-20);
        var held = new TaskCompletionSource();
        using var goOn = new ManualResetEventSlim();
        var cancelled = TestContext.Current.CancellationToken;
        var change = Task.Run(
            async () => await Store.Schedules.UpdateAsync(
                schedule.Scope,
                schedule.Id,
                s =>
                {
                    held.TrySetResult();
                    goOn.Wait(cancelled);
                    return ScheduleChange.Done(ScheduleEdit.Replan(s, s with { Cron = cron }, asked, out _));
                },
                Limits(asked),
                Entry("schedule.update"),
                cancelled),
            cancelled);
        await held.Task;

        Assert.Empty((await Claim(Minute(5))).Runs);
        goOn.Set();
        Assert.Equal(ScheduleChangeKind.Done, (await change).Kind);

        Assert.Equal(hasIt ? [Minute(5)] : [], (await Plan(Minute(6))).Select(r => r.DueAt));
        Assert.Equal(hasIt ? 1 : 0, (await Ledger(schedule)).Count);
        var why = await NewWhyFinder(time).FindAsync(schedule.Scope, schedule.Id, Minute(5), cancelled);
        Assert.Equal(hasIt ? WhyVerdict.Running : WhyVerdict.NotDue, why!.Verdict);
        Assert.Equal(!hasIt, why.Causes.Any(c => c is { Code: "edit", Who: "ops" } && c.When == asked));
    }
}
