using Escapement.Audit;
using Escapement.Firing.Claiming;
using Escapement.Installs;
using Escapement.Retention;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Stores.Conformance;

/// <summary>Schedules as they were: every change that moves when they are due writes it down, and nothing else does.</summary>
public abstract class DefinitionFacts(IStoreFixture store) : StoreFacts(store)
{
    [Fact]
    public async Task Create_IsItsFirst()
    {
        var schedule = await Created(await Installed(), Minute(5));

        var first = Assert.Single(await DefinitionsAsync(schedule));

        Assert.Equal(("*/5 * * * *", "Europe/Berlin", DefinitionState.Due), (first.Cron, first.TimeZone, first.State));
        Assert.Equal((T0, null, "ops"), (first.Since, first.Until, first.By));
    }

    [Fact]
    public async Task Update_OfTimes_EndsTheOneBefore()
    {
        var schedule = await Created(await Installed(), Minute(5));

        await UpdateAsync(schedule, s => s with { Cron = "0 9 * * *" }, Minute(1));
        await UpdateAsync(schedule, s => s with { TimeZone = "UTC" }, Minute(2));
        await UpdateAsync(schedule, s => s with { Enabled = false }, Minute(3));

        Assert.Equal(
            [
                ("0 9 * * *", "UTC", DefinitionState.Disabled, Minute(3), null),
                ("0 9 * * *", "UTC", DefinitionState.Due, Minute(2), Minute(3)),
                ("0 9 * * *", "Europe/Berlin", DefinitionState.Due, Minute(1), Minute(2)),
                ("*/5 * * * *", "Europe/Berlin", DefinitionState.Due, T0, Minute(1)),
            ],
            (await DefinitionsAsync(schedule)).Select(d => (d.Cron, d.TimeZone, d.State, d.Since, d.Until)));
    }

    [Fact]
    public async Task Update_OfTheSpread_IsWrittenDown()
    {
        var schedule = await Created(await Installed(), Minute(5));

        await UpdateAsync(schedule, s => s with { Policy = new SchedulePolicy { Spread = TimeSpan.FromSeconds(90) } }, Minute(1));
        await UpdateAsync(schedule, s => s with { Cron = "0 9 * * *" }, Minute(2));
        await UpdateAsync(schedule, s => s with { Policy = s.Policy with { Overlap = OverlapPolicy.QueueOne } }, Minute(3));
        await Store.Installs.SetEnabledAsync(schedule.Scope, false, Minute(4), s => s with { NextDueAt = null }, Entry("install.disable"));
        await Store.Installs.SetEnabledAsync(schedule.Scope, true, Minute(5), s => s with { NextDueAt = Minute(60) }, Entry("install.enable"));

        Assert.Equal(
            [(Minute(5), 90), (Minute(4), 0), (Minute(2), 90), (Minute(1), 90), (T0, 0)],
            (await DefinitionsAsync(schedule)).Select(d => (d.Since, (int)d.Spread.TotalSeconds)));
    }

    [Fact]
    public async Task Update_OfAnythingElseAndFiring_WriteNothing()
    {
        var schedule = await Created(await Installed(), Minute(0));
        await UpdateAsync(schedule, s => s with { Name = "other", Payload = "[1]" }, Minute(1));
        await Complete(Succeeded(Assert.Single((await Claim(Minute(1))).Runs), Minute(1)));

        Assert.Single(await DefinitionsAsync(schedule));
    }

    [Fact]
    public async Task Update_Refused_WritesNothing()
    {
        var schedule = await Created(await Installed(), Minute(5));

        await Store.Schedules.UpdateAsync(
            schedule.Scope, schedule.Id, s => s with { Endpoint = new("GET", "/gone"), Enabled = false }, Limits(Minute(1)), Entry("schedule.update"));

        Assert.Equal(DefinitionState.Due, Assert.Single(await DefinitionsAsync(schedule)).State);
    }

    [Fact]
    public async Task Delete_IsTheLastAndRestoreGoesOn()
    {
        var schedule = await Created(await Installed(), Minute(5));
        await Store.Schedules.DeleteAsync(schedule.Scope, schedule.Id, Limits(Minute(1)) with { KeptDeleted = 5 }, Entry("schedule.delete"));
        Assert.Equal([DefinitionState.Deleted, DefinitionState.Due], (await DefinitionsAsync(schedule)).Select(d => d.State));

        await Store.RemovedSchedules.RestoreAsync(schedule.Scope, schedule.Id, T0, s => s, Limits(Minute(2)), Entry("schedule.restore"));

        Assert.Equal(
            [(DefinitionState.Due, Minute(2), null), (DefinitionState.Deleted, Minute(1), Minute(1)), (DefinitionState.Due, T0, Minute(1))],
            (await DefinitionsAsync(schedule)).Select(d => (d.State, d.Since, d.Until)));
    }

    [Fact]
    public async Task Install_DisabledAndEnabled_IsThatOfItsEnabledSchedules()
    {
        var scope = await Installed();
        var (enabled, disabled) = (await Created(scope, Minute(5)), await Created(NewSchedule(scope) with { Enabled = false }));

        await Store.Installs.SetEnabledAsync(scope, false, Minute(1), s => s with { NextDueAt = null }, Entry("install.disable"));
        var whileDisabled = await Created(scope, Minute(5));
        await Store.Installs.SetEnabledAsync(scope, true, Minute(2), s => s with { NextDueAt = Minute(5) }, Entry("install.enable"));

        Assert.Equal(
            [(DefinitionState.Due, Minute(2), null), (DefinitionState.InstallDisabled, Minute(1), Minute(2)), (DefinitionState.Due, T0, Minute(1))],
            (await DefinitionsAsync(enabled)).Select(d => (d.State, d.Since, d.Until)));
        Assert.Equal(DefinitionState.Disabled, Assert.Single(await DefinitionsAsync(disabled)).State);
        Assert.Equal(
            [DefinitionState.Due, DefinitionState.InstallDisabled], (await DefinitionsAsync(whileDisabled)).Select(d => d.State));
    }

    [Fact]
    public async Task Install_EnabledWithAScheduleThatCannotBePlanned_SaysSo()
    {
        var schedule = await Created(await Installed(), Minute(5));
        await Store.Installs.SetEnabledAsync(schedule.Scope, false, Minute(1), s => s with { NextDueAt = null }, Entry("install.disable"));

        await Store.Installs.SetEnabledAsync(
            schedule.Scope, true, Minute(2), s => s with { Enabled = false, LastError = "The zone is not known" }, Entry("install.enable"));

        Assert.Equal(DefinitionState.Unplannable, (await DefinitionsAsync(schedule))[0].State);
    }

    [Fact]
    public async Task Install_RemovedAndRestored_IsThatOfAllItsSchedules()
    {
        var scope = await Installed();
        var (enabled, disabled) = (await Created(scope, Minute(5)), await Created(NewSchedule(scope) with { Enabled = false }));

        await Store.Installs.RemoveAsync(scope, Minute(1), keep: true, Entry("install.remove"));
        Assert.Equal(DefinitionState.Uninstalled, (await DefinitionsAsync(disabled))[0].State);
        Assert.IsType<InstallOutcome.Done>(await Store.RemovedInstalls.RestoreAsync(
            scope, T0, (_, kept) => new Result<IReadOnlyList<Schedule>>(kept), Entry("install.restore") with { At = Minute(2) }));

        Assert.Equal(
            [(DefinitionState.Due, Minute(2), null), (DefinitionState.Uninstalled, Minute(1), Minute(1)), (DefinitionState.Due, T0, Minute(1))],
            (await DefinitionsAsync(enabled)).Select(d => (d.State, d.Since, d.Until)));
        Assert.Equal(
            [DefinitionState.Disabled, DefinitionState.Uninstalled, DefinitionState.Disabled], (await DefinitionsAsync(disabled)).Select(d => d.State));
    }

    [Fact]
    public async Task Claim_ScheduleThatCannotBePlanned_IsTheHosts()
    {
        var schedule = await Created(await Installed(), Minute(0));

        await Store.Claims.ClaimAsync(
            Request(Minute(1), plan: due => new OccurrencePlan(null, due.DueAt, null, null, null, "The zone is not known here")));

        Assert.Equal(
            [(DefinitionState.Unplannable, Minute(1), Actor.Host.Id), (DefinitionState.Due, T0, "ops")],
            (await DefinitionsAsync(schedule)).Select(d => (d.State, d.Since, d.By)));
    }

    [Fact]
    public async Task Retention_TakesThoseThatEndedLongAgoAndLeavesTheOneInForce()
    {
        var schedule = await Created(await Installed(), Minute(5));
        await UpdateAsync(schedule, s => s with { Cron = "0 9 * * *" }, Minute(10));
        await UpdateAsync(schedule, s => s with { Cron = "0 10 * * *" }, Minute(30));

        await Store.Retention.StepAsync(new RetentionCutoffs(Minute(60), Minute(20), null));
        Assert.Equal(["0 10 * * *", "0 9 * * *"], (await DefinitionsAsync(schedule)).Select(d => d.Cron));

        await Store.Retention.StepAsync(new RetentionCutoffs(Minute(60), Minute(60), null));
        await UpdateAsync(schedule, s => s with { Cron = "0 11 * * *" }, Minute(70));
        Assert.Equal(["0 11 * * *", "0 10 * * *"], (await DefinitionsAsync(schedule)).Select(d => d.Cron));
    }

    [Fact]
    public async Task List_AnotherInstallsOrTenants_AnswersNothing()
    {
        var schedule = await Created(await Installed(), Minute(5));

        Assert.Empty(await DefinitionsAsync(schedule with { Scope = await Installed(Globex) }));
        Assert.Empty(await DefinitionsAsync(schedule with { Scope = schedule.Scope with { Tenant = Globex } }));
        Assert.Empty(await DefinitionsAsync(schedule with { Id = new ScheduleId(NewId()) }));
    }

    [Fact]
    public async Task List_BeforeAPlace_GoesOnBehindIt()
    {
        var schedule = await Created(await Installed(), Minute(5));
        for (var i = 1; i < 5; i++)
        {
            await UpdateAsync(schedule, s => s with { Cron = $"{i * 5} * * * *" }, Minute(i));
        }

        var first = await Store.Definitions.ListAsync(schedule.Scope, schedule.Id, 2);
        var rest = await Store.Definitions.ListBeforeAsync(schedule.Scope, schedule.Id, first[^1].Number, 100);

        Assert.Equal((2, 3), (first.Count, rest.Count));
        Assert.Equal(await DefinitionsAsync(schedule), [.. first, .. rest]);
    }

    private async Task<IReadOnlyList<ScheduleDefinition>> DefinitionsAsync(Schedule schedule) =>
        await Store.Definitions.ListAsync(schedule.Scope, schedule.Id, 100);

    private async Task UpdateAsync(Schedule schedule, Func<Schedule, Schedule> change, DateTimeOffset now) =>
        Assert.True((await Store.Schedules.UpdateAsync(schedule.Scope, schedule.Id, change, Limits(now), Entry("schedule.update"))).IsDone);
}
