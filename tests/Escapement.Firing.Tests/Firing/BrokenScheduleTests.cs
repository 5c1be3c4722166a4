using Escapement.Audit;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Firing;

/// <summary>A stored schedule that this host cannot read any more, as after a change of its time zone data.</summary>
public class BrokenScheduleTests
{
    private const string Why = "Invalid timezone: this host does not know \"Mars/Olympus_Mons\"";
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Due_ZoneUnknown_IsDisabledAndTheOthersFire()
    {
        await using var host = await TestHost.CreateAsync();
        var extension = await host.InstallAsync();
        var broken = await BreakAsync(host, await host.ScheduleAsync(extension));
        var fine = await host.ScheduleAsync(extension, endpoint: "GET /api/status");
        await host.StartEngineAsync();

        await host.AdvanceToAsync(Nine);
        await host.Signals.RecordedAsync(1);
        await host.AdvanceToAsync(Nine.AddDays(1));
        await host.Signals.RecordedAsync(2);

        Assert.Equal([RunState.Succeeded, RunState.Succeeded], (await host.LedgerAsync(fine)).Select(r => r.State));
        var row = Assert.Single(await host.LedgerAsync(broken));
        Assert.Equal((Nine, RunState.Abandoned, RunReason.ScheduleUnplannable, Why), (row.DueAt, row.State, row.Reason, row.Error));
        var after = await host.ReadAsync(broken);
        Assert.Equal((false, null, Why), (after.Enabled, after.NextDueAt, after.LastError));
    }

    [Fact]
    public async Task EnableInstall_OneZoneUnknown_EnablesItAndDisablesThatSchedule()
    {
        await using var host = await TestHost.CreateAsync();
        var extension = await host.InstallAsync();
        var broken = await BreakAsync(host, await host.ScheduleAsync(extension));
        var fine = await host.ScheduleAsync(extension, endpoint: "GET /api/status");
        await host.Installs.SetEnabledAsync(extension.Install.Scope, enabled: false, TestHost.Admin);

        var outcome = await host.Installs.SetEnabledAsync(extension.Install.Scope, enabled: true, TestHost.Admin);

        Assert.True(outcome.Value.Enabled);
        Assert.Equal(Nine, (await host.ReadAsync(fine)).NextDueAt);
        var after = await host.ReadAsync(broken);
        Assert.Equal((false, null, Why), (after.Enabled, after.NextDueAt, after.LastError));
    }

    [Fact]
    public async Task Update_EnablingABrokenSchedule_IsRefusedWithTheFieldToBlame()
    {
        await using var host = await TestHost.CreateAsync();
        var extension = await host.InstallAsync();
        var broken = await BreakAsync(host, await host.ScheduleAsync(extension), enabled: false);

        var change = await host.Schedules.UpdateAsync(
            extension.Install.Scope, extension.Version.Endpoints, broken.Id.ToString(), new ScheduleInput(Enabled: true), TestHost.Admin);

        Assert.Equal(ScheduleChangeKind.Invalid, change.Kind);
        Assert.Equal(new Dictionary<string, string> { ["timezone"] = Why }, change.FieldErrors);
        Assert.Equal(broken with { Revision = 2 }, await host.ReadAsync(broken) with { UpdatedAt = broken.UpdatedAt });
    }

    [Fact]
    public async Task Update_MendingABrokenSchedule_FiresFromTheNextOccurrence()
    {
        await using var host = await TestHost.CreateAsync();
        var extension = await host.InstallAsync();
        var broken = await BreakAsync(host, await host.ScheduleAsync(extension), enabled: false);

        var change = await host.Schedules.UpdateAsync(
            extension.Install.Scope, extension.Version.Endpoints, broken.Id.ToString(), new ScheduleInput(Timezone: "UTC", Enabled: true), TestHost.Admin);

        Assert.Equal((true, Nine), (change.Schedule!.Enabled, change.Schedule.NextDueAt));
    }

    [Fact]
    public async Task Update_NameOfABrokenSchedule_IsStored()
    {
        await using var host = await TestHost.CreateAsync();
        var extension = await host.InstallAsync();
        var broken = await BreakAsync(host, await host.ScheduleAsync(extension));

        var change = await host.Schedules.UpdateAsync(
            extension.Install.Scope, extension.Version.Endpoints, broken.Id.ToString(), new ScheduleInput(Name: "nightly"), TestHost.Admin);

        Assert.Equal((true, "nightly"), (change.IsDone, change.Schedule!.Name));
    }

    private static async Task<Schedule> BreakAsync(TestHost host, Schedule schedule, bool enabled = true)
    {
        await host.Store.Schedules.UpdateAsync(
            schedule.Scope,
            schedule.Id,
            s => ScheduleChange.Done(s with { TimeZone = "Mars/Olympus_Mons", Enabled = enabled, NextDueAt = enabled ? s.NextDueAt : null }),
            new ScheduleChangeLimits(host.Time.GetUtcNow(), 50, new TokenBucket()),
            AuditEntry.Of(host.Time, schedule.Scope, TestHost.Admin, "schedule.update", target: null));
        return await host.ReadAsync(schedule);
    }
}
