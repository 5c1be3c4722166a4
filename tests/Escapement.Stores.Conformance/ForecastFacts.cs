using Escapement.Forecasting;
using Escapement.Scheduling;

namespace Escapement.Stores.Conformance;

public abstract class ForecastFacts(IStoreFixture store) : StoreFacts(store)
{
    [Fact]
    public async Task Read_OneTenantOrAll_GivesWhatIsEnabledOfInstallsThatAre()
    {
        var (acme, globex) = (await Installed(), await Installed(Globex, "com.acme.other"));
        var off = await Installed(Globex, "com.acme.off", enabled: false);
        var one = await Created(NewSchedule(acme, Minute(5), "one") with { Policy = new SchedulePolicy { Spread = TimeSpan.FromMinutes(2) } });
        var other = await Created(globex, Minute(5));
        await Created(NewSchedule(globex) with { Enabled = false });
        await Created(off);

        Assert.Equal([one.Id], (await ReadAsync(Acme)).Select(p => p.Id));
        Assert.Equal(new HashSet<ScheduleId> { one.Id, other.Id }, (await ReadAsync(null)).Select(p => p.Id).ToHashSet());
        Assert.Equal([other.Id], (await ReadAsync(Globex, globex.Install)).Select(p => p.Id));
        Assert.Empty(await ReadAsync(Globex, acme.Install));
        Assert.Empty(await ReadAsync(Globex, off.Install));
        var read = Assert.Single(await ReadAsync(Acme));
        Assert.Equal((one.Scope, "one", one.Cron, one.TimeZone, one.Policy), (read.Scope, read.Name, read.Cron, read.TimeZone, read.Policy));
    }

    // Pauses and skips are taken into account.
    [Fact]
    public async Task Read_PausedAndSkipped_GivesBoth()
    {
        var schedule = await Created(await Installed(), Minute(5));
        var pause = new Pause
        {
            Id = NewId(),
            Layer = PauseLayer.Schedule,
            Since = Minute(1),
            Until = Minute(30),
            OnEnd = PauseEnd.Latest,
            Cause = PauseCause.Asked,
            Note = "move",
            By = "ops",
        };
        var skip = new OccurrenceSkip { At = Minute(40), Note = "closed", By = "ops", Since = Minute(1) };

        await Store.Schedules.UpdateAsync(
            schedule.Scope, schedule.Id, s => s with { Pause = pause, Skips = [skip] }, Limits(Minute(1)), Entry("schedule.update"));

        var read = Assert.Single(await ReadAsync(Acme));
        Assert.Equal((pause, skip), (read.Pause, Assert.Single(read.Skips)));
    }

    private async Task<List<PlannedSchedule>> ReadAsync(TenantId? tenant, InstallId? install = null)
    {
        var all = new List<PlannedSchedule>();
        await Store.Forecasts.ReadAsync(tenant, install, all.Add);
        return all;
    }
}
