using Escapement.Extensions;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Stores.Conformance;

public abstract class ScheduleChangeFacts(IStoreFixture store) : StoreFacts(store)
{
    [Fact]
    public async Task Update_EveryField_ComesBackAndRaisesRevision()
    {
        var schedule = await Created(await Installed(), Minute(5), "before");
        Schedule Change(Schedule s) => s with
        {
            Name = "after",
            Endpoint = new EndpointKey("GET", "/api/status"),
            Cron = "0 9 * * *",
            TimeZone = "America/New_York",
            Payload = null,
            Policy = new SchedulePolicy { Retry = RetryPolicy.None with { MaxAttempts = 3 } },
            NextDueAt = Minute(60),
        };

        var outcome = await Store.Schedules.UpdateAsync(schedule.Scope, schedule.Id, Change, Limits(Minute(1)), Entry("schedule.update"));

        var expected = Change(schedule) with { UpdatedAt = Minute(1), Revision = 2, PayloadRevision = 2 };
        Assert.Equal(expected, outcome.Schedule!);
        Assert.Equal(expected, await Reloaded(schedule));
    }

    [Fact]
    public async Task Update_ColumnsOfTheFiringPath_StayAsTheyAre()
    {
        var schedule = await Created(await Installed(), Minute(0));
        var run = Assert.Single((await Claim(Minute(0))).Runs);

        await Store.Schedules.UpdateAsync(
            schedule.Scope,
            schedule.Id,
            s => s with
            {
                Id = new ScheduleId(NewId()),
                ActiveRun = null,
                LastDueAt = null,
                LastRunAt = Minute(9),
                LastError = "x",
                LastRunStatus = LastRunStatus.Error,
                CreatedAt = Minute(9),
            },
            Limits(),
            Entry("schedule.update"));

        var stored = await Reloaded(schedule);
        Assert.Equal(run.Lease.Id, stored.ActiveRun);
        Assert.Equal(Minute(0), stored.LastDueAt);
        Assert.Null(stored.LastRunAt);
        Assert.Null(stored.LastRunStatus);
        Assert.Null(stored.LastError);
        Assert.Equal(T0, stored.CreatedAt);
    }

    [Fact]
    public async Task Update_InstallDisabled_SetsNoNextOccurrence()
    {
        var schedule = await Created(await Installed(enabled: false));

        await Store.Schedules.UpdateAsync(schedule.Scope, schedule.Id, s => s with { NextDueAt = Minute(5) }, Limits(), Entry("schedule.update"));

        Assert.Null((await Reloaded(schedule)).NextDueAt);
    }

    [Fact]
    public async Task Update_ScheduleDisabled_IsNoLongerDue()
    {
        var schedule = await Created(await Installed(), Minute(5));

        await Store.Schedules.UpdateAsync(schedule.Scope, schedule.Id, s => s with { Enabled = false, NextDueAt = null }, Limits(), Entry("schedule.update"));

        Assert.Null(await Store.Claims.PeekAsync(T0));
        Assert.Empty((await Claim(Minute(5))).Runs);
    }

    [Fact]
    public async Task Update_NameOfAnother_IsRefusedAndNothingChanges()
    {
        var scope = await Installed();
        await Created(scope, name: "taken");
        var schedule = await Created(scope, name: "mine");
        var entry = Entry("schedule.update", install: scope.Install);

        var outcome = await Store.Schedules.UpdateAsync(scope, schedule.Id, s => s with { Name = "taken", Cron = "0 * * * *" }, Limits(), entry);

        Assert.Equal(ScheduleMessages.NameTaken, outcome.FieldErrors?["name"]);
        Assert.Equal(schedule, await Reloaded(schedule));
        Assert.DoesNotContain(await Store.Audit.ListAsync(Acme, 100), e => e.Id == entry.Id);
    }

    [Fact]
    public async Task Update_OwnName_IsStored()
    {
        var schedule = await Created(await Installed(), name: "mine");

        var outcome = await Store.Schedules.UpdateAsync(schedule.Scope, schedule.Id, s => s with { Cron = "0 * * * *" }, Limits(), Entry("schedule.update"));

        Assert.Equal("0 * * * *", outcome.Schedule!.Cron);
    }

    [Fact]
    public async Task Update_FunctionThrows_ChangesNothingAndTheStoreGoesOn()
    {
        var schedule = await Created(await Installed());
        var entry = Entry("schedule.update");

        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
            await Store.Schedules.UpdateAsync(schedule.Scope, schedule.Id, _ => throw new InvalidOperationException("a bug"), Limits(), entry));

        Assert.Equal(schedule, await Reloaded(schedule));
        Assert.DoesNotContain(await Store.Audit.ListAsync(Acme, 100), e => e.Id == entry.Id);
        await Created(schedule.Scope);
    }

    [Fact]
    public async Task UpdateAndDelete_ForeignOrUnknownId_AreNotFoundAndLeaveTheAuditToTheCaller()
    {
        var scope = await Installed();
        var other = await Installed(Globex);
        var schedule = await Created(scope);
        var update = Entry("schedule.update", Globex);
        var delete = Entry("schedule.delete", Globex);

        Assert.Equal(ScheduleChangeKind.NotFound, (await Store.Schedules.UpdateAsync(other, schedule.Id, s => s with { Name = "x" }, Limits(), update)).Kind);
        Assert.Equal(ScheduleChangeKind.NotFound, (await Store.Schedules.DeleteAsync(other, schedule.Id, Limits(), delete)).Kind);
        Assert.Equal(ScheduleChangeKind.NotFound, (await Store.Schedules.DeleteAsync(scope, new ScheduleId(NewId()), Limits(), Entry("schedule.delete"))).Kind);
        var change = await Store.Schedules.DeleteAsync(scope with { Tenant = Globex }, schedule.Id, Limits(), Entry("schedule.delete"));
        Assert.Equal(ScheduleChangeKind.InstallGone, change.Kind);

        Assert.Equal(schedule, await Reloaded(schedule));
        Assert.DoesNotContain(await Store.Audit.ListAsync(Globex, 100), e => e.Id == update.Id || e.Id == delete.Id);
    }

    [Fact]
    public async Task Delete_Idle_AnswersItAsItWasAndNothingFires()
    {
        var schedule = await Created(await Installed(), Minute(5), "mine");

        var outcome = await Store.Schedules.DeleteAsync(schedule.Scope, schedule.Id, Limits(), Entry("schedule.delete"));

        Assert.Equal(schedule, outcome.Schedule!);
        Assert.Null(await Store.Schedules.GetAsync(schedule.Scope, schedule.Id));
        Assert.Empty((await Claim(Minute(5))).Runs);
        await Created(schedule.Scope, name: "mine");
    }

    [Fact]
    public async Task Delete_RunUnderWay_FinishesAndTheLedgerStays()
    {
        var schedule = await Created(await Installed(), Minute(0));
        var run = Assert.Single((await Claim(Minute(0))).Runs);

        await Store.Schedules.DeleteAsync(schedule.Scope, schedule.Id, Limits(), Entry("schedule.delete"));

        Assert.Equal(RunState.Running, (await Reloaded(run)).State);
        await Complete(Succeeded(run, Minute(0)));
        Assert.Equal(RunState.Succeeded, Assert.Single(await Ledger(schedule)).State);
    }

    [Fact]
    public async Task Delete_RunQueued_IsAbandoned()
    {
        var schedule = await Created(await Installed());
        var id = new RunId(NewId());
        await Store.Runs.RunNowAsync(schedule.Scope, schedule.Id, id, T0, "ops", Entry("schedule.run-now"));

        await Store.Schedules.DeleteAsync(schedule.Scope, schedule.Id, Limits(Minute(1)), Entry("schedule.delete"));

        var run = Assert.Single(await Ledger(schedule));
        Assert.Equal((RunState.Abandoned, RunReason.ScheduleDeleted), (run.State, run.Reason));
        Assert.Equal(Minute(1), run.FinishedAt);
        Assert.Empty((await Claim(Minute(2))).Runs);
    }
}
