using Escapement.Scheduling;

namespace Escapement.Stores.Conformance;

public abstract class RateLimitFacts(IStoreFixture store) : StoreFacts(store)
{
    private static readonly TokenBucket Three = new(3, 60);

    [Fact]
    public async Task Changes_UpToTheBurst_AreTakenAndTheNextIsRefused()
    {
        var scope = await Installed();

        Assert.Equal(ScheduleChangeKind.Done, (await Create(scope, T0)).Kind);
        Assert.Equal(ScheduleChangeKind.Done, (await Create(scope, T0)).Kind);
        Assert.Equal(ScheduleChangeKind.Done, (await Create(scope, T0)).Kind);
        var refused = (await Create(scope, T0));

        Assert.Equal(TimeSpan.FromSeconds(1), refused.RetryAfter);
        Assert.Equal(3, (await Store.Schedules.ListAsync(scope)).Count);
        Assert.Equal(3, (await Store.Audit.ListAsync(Acme, 100, scope.Install)).Count(e => e.Action == "schedule.create"));
    }

    [Fact]
    public async Task Charge_UpToTheBurst_TakesTokensAsChangesDoAndThenRefuses()
    {
        var scope = await Installed();
        var limits = new ScheduleChangeLimits(T0, 50, Three);

        Assert.Null(await Store.Schedules.ChargeAsync(scope, limits));
        Assert.Equal(ScheduleChangeKind.Done, (await Create(scope, T0)).Kind);
        Assert.Null(await Store.Schedules.ChargeAsync(scope, limits));

        Assert.Equal(TimeSpan.FromSeconds(1), (await Store.Schedules.ChargeAsync(scope, limits))?.RetryAfter);
        Assert.Equal(ScheduleChangeKind.RateLimited, (await Create(scope, T0)).Kind);
    }

    [Fact]
    public async Task Charge_RefusedAgainAndAgain_DoesNotPutTheNextTokenOff()
    {
        var scope = await Drained();
        foreach (var milliseconds in new[] { 300, 600, 900 })
        {
            Assert.NotNull(await Store.Schedules.ChargeAsync(scope, new ScheduleChangeLimits(T0.AddMilliseconds(milliseconds), 50, Three)));
        }

        Assert.Null(await Store.Schedules.ChargeAsync(scope, new ScheduleChangeLimits(T0.AddMilliseconds(1_000), 50, Three)));
    }

    [Fact]
    public async Task Charge_AnotherTenantsInstall_IsGone() => Assert.Equal(
        ScheduleChangeKind.InstallGone,
        (await Store.Schedules.ChargeAsync(await Installed() with { Tenant = Globex }, new ScheduleChangeLimits(T0, 50, Three)))?.Kind);

    [Theory]
    [InlineData(999, false)]
    [InlineData(1000, true)]
    public async Task Changes_OneStepEitherSideOfTheRefill_AreRefusedOrTaken(int milliseconds, bool taken)
    {
        var scope = await Drained();

        var outcome = await Create(scope, T0.AddMilliseconds(milliseconds));

        Assert.Equal(taken, outcome.Kind == ScheduleChangeKind.Done);
        Assert.Equal(!taken, outcome.Kind == ScheduleChangeKind.RateLimited);
    }

    [Fact]
    public async Task Changes_AfterALongTime_AreNoMoreThanTheBurst()
    {
        var scope = await Drained();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(ScheduleChangeKind.Done, (await Create(scope, Minute(600))).Kind);
        }

        Assert.Equal(ScheduleChangeKind.RateLimited, (await Create(scope, Minute(600))).Kind);
    }

    [Fact]
    public async Task UpdateAndDelete_DrainedBucket_AreRefusedAndChangeNothing()
    {
        var scope = await Drained();
        var schedule = (await Store.Schedules.ListAsync(scope))[0];
        var limits = new ScheduleChangeLimits(T0, 50, Three);

        var update = await Store.Schedules.UpdateAsync(scope, schedule.Id, s => s with { Name = "x" }, limits, Entry("schedule.update"));
        Assert.Equal(ScheduleChangeKind.RateLimited, update.Kind);
        Assert.Equal(ScheduleChangeKind.RateLimited, (await Store.Schedules.DeleteAsync(scope, schedule.Id, limits, Entry("schedule.delete"))).Kind);

        Assert.Equal(schedule, await Reloaded(schedule));
    }

    [Fact]
    public async Task UpdateAndDelete_TakeATokenEach()
    {
        var scope = await Installed();
        await Create(scope, T0);
        var schedule = (await Store.Schedules.ListAsync(scope))[0];
        var limits = new ScheduleChangeLimits(T0, 50, Three);

        var update = await Store.Schedules.UpdateAsync(scope, schedule.Id, s => s with { Name = "x" }, limits, Entry("schedule.update"));
        Assert.Equal(ScheduleChangeKind.Done, update.Kind);
        Assert.Equal(ScheduleChangeKind.Done, (await Store.Schedules.DeleteAsync(scope, schedule.Id, limits, Entry("schedule.delete"))).Kind);

        Assert.Equal(ScheduleChangeKind.RateLimited, (await Create(scope, T0)).Kind);
    }

    [Fact]
    public async Task Changes_OfAnotherInstall_HaveABucketOfTheirOwn()
    {
        await Drained();

        Assert.Equal(ScheduleChangeKind.Done, (await Create(await Installed(Globex), T0)).Kind);
    }

    [Fact]
    public async Task Changes_ClockSetBack_CountsAsNoTimePassedAndRefillsFromThere()
    {
        var scope = await Drained();

        Assert.Equal(ScheduleChangeKind.RateLimited, (await Create(scope, Minute(-60))).Kind);
        Assert.Equal(ScheduleChangeKind.Done, (await Create(scope, Minute(-60).AddSeconds(1))).Kind);
    }

    [Fact]
    public async Task Changes_InParallel_TakeNoMoreThanTheBurst()
    {
        var scope = await Installed();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Create(scope, T0))));

        Assert.Equal(3, outcomes.Count(o => o.Kind == ScheduleChangeKind.Done));
        Assert.Equal(17, outcomes.Count(o => o.Kind == ScheduleChangeKind.RateLimited));
    }

    private async Task<InstallScope> Drained()
    {
        var scope = await Installed();
        for (var i = 0; i < 3; i++)
        {
            await Create(scope, T0);
        }

        return scope;
    }

    private async Task<ScheduleChange> Create(InstallScope scope, DateTimeOffset now) =>
        await Store.Schedules.CreateAsync(NewSchedule(scope), new ScheduleChangeLimits(now, 50, Three), Entry("schedule.create", scope.Tenant, scope.Install));
}
