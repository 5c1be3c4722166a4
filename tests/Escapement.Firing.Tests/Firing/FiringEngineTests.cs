using System.Text;
using Escapement.Audit;
using Escapement.Extensions;
using Escapement.Installs;
using Escapement.Pausing;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Scheduling;

namespace Escapement.Firing;

public class FiringEngineTests
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Due_PostWithPayload_SendsTheContractsRequest()
    {
        await using var host = await TestHost.CreateAsync();
        var extension = await host.InstallAsync();
        var schedule = await host.ScheduleAsync(extension, payload: """{ "full" : true }""");
        await host.StartEngineAsync();

        await host.AdvanceToAsync(Nine);
        await host.Signals.RecordedAsync(1);

        var request = Assert.Single(host.Sandbox.Invocations).Request;
        var run = Assert.Single(await host.LedgerAsync(schedule));
        Assert.Equal(("POST", "/api/sync"), (request.Method, request.Url));
        Assert.Equal("""{ "full" : true }""", Encoding.UTF8.GetString(request.Body!.Value.Span));
        var headers = request.Headers.ToDictionary();
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["x-request-id"] = request.RequestId,
                ["x-idempotency-key"] = run.Id.ToString(),
                ["x-alga-tenant"] = "acme",
                ["x-alga-extension"] = "com.acme.sync",
                ["x-scheduler-trigger"] = "schedule",
                ["x-scheduler-schedule-id"] = schedule.Id.ToString(),
                ["x-scheduler-due-at"] = "2026-03-02T09:00:00.000Z",
                ["x-scheduler-attempt"] = "1",
                ["content-type"] = "application/json",
            },
            headers);
    }

    [Fact]
    public async Task Due_Get_HasNoBodyAndNoContentType()
    {
        await using var host = await TestHost.CreateAsync();
        await host.ScheduleAsync(await host.InstallAsync(), endpoint: "GET /api/status", payload: "{}");
        await host.StartEngineAsync();

        await host.AdvanceToAsync(Nine);
        await host.Signals.RecordedAsync(1);

        var request = Assert.Single(host.Sandbox.Invocations).Request;
        Assert.Null(request.Body);
        Assert.DoesNotContain(request.Headers, h => h.Key == "content-type");
    }

    [Fact]
    public async Task Due_Success_ClosesTheRunAndSetsTheSchedule()
    {
        await using var host = await TestHost.CreateAsync();
        var extension = await host.InstallAsync();
        var schedule = await host.ScheduleAsync(extension);
        await host.StartEngineAsync();

        await host.AdvanceToAsync(Nine);
        await host.Signals.RecordedAsync(1);

        var run = Assert.Single(await host.LedgerAsync(schedule));
        Assert.Equal((RunState.Succeeded, RunReason.None, Nine, 1, 200), (run.State, run.Reason, run.DueAt, run.Attempt, run.StatusCode));
        Assert.Equal(extension.Version.Id, run.Version);
        var after = await host.ReadAsync(schedule);
        Assert.Equal((Nine, LastRunStatus.Success, null), (after.LastRunAt, after.LastRunStatus, after.LastError));
        Assert.Equal((Nine.AddDays(1), Nine, null), (after.NextDueAt, after.LastDueAt, after.ActiveRun));
    }

    [Fact]
    public async Task Due_BeforeItsInstant_DoesNotFire()
    {
        await using var host = await TestHost.CreateAsync();
        var schedule = await host.ScheduleAsync(await host.InstallAsync());
        await host.StartEngineAsync();

        await host.AdvanceToAsync(Nine.AddMilliseconds(-1));

        Assert.Empty(host.Sandbox.Invocations);
        Assert.Empty(await host.LedgerAsync(schedule));
    }

    [Fact]
    public async Task Due_ErrorStatus_SaysSoInTheSchedule()
    {
        await using var host = await TestHost.CreateAsync();
        var schedule = await host.ScheduleAsync(await host.InstallAsync());
        host.Sandbox.Behaviour = (_, _) => Task.FromResult(FakeSandbox.Answer(503, "the feed is down"));
        await host.StartEngineAsync();

        await host.AdvanceToAsync(Nine);
        await host.Signals.RecordedAsync(1);

        var run = Assert.Single(await host.LedgerAsync(schedule));
        Assert.Equal((RunState.Failed, RunReason.ErrorStatus, 503), (run.State, run.Reason, run.StatusCode));
        var after = await host.ReadAsync(schedule);
        Assert.Equal((LastRunStatus.Error, "The endpoint answered with status 503: the feed is down"), (after.LastRunStatus, after.LastError));
    }

    [Fact]
    public async Task Due_SandboxThrows_FailsThatRunOnly()
    {
        await using var host = await TestHost.CreateAsync();
        var extension = await host.InstallAsync();
        var broken = await host.ScheduleAsync(extension);
        var fine = await host.ScheduleAsync(extension, endpoint: "GET /api/status");
        host.Sandbox.Behaviour = (i, _) => i.Request.Method == "POST" ? throw new InvalidOperationException("a bug") : Task.FromResult(FakeSandbox.Answer(204));
        await host.StartEngineAsync();

        await host.AdvanceToAsync(Nine);
        await host.Signals.RecordedAsync(2);

        Assert.Equal(RunReason.HostError, Assert.Single(await host.LedgerAsync(broken)).Reason);
        Assert.Equal(RunState.Succeeded, Assert.Single(await host.LedgerAsync(fine)).State);
    }

    [Fact]
    public async Task Due_PreviousStillGoing_IsSkippedAndTheNextFires()
    {
        await using var host = await TestHost.CreateAsync();
        var schedule = await host.ScheduleAsync(await host.InstallAsync(), "*/5 * * * *");
        var answer = new TaskCompletionSource<InvocationResult>();
        host.Sandbox.Behaviour = (_, _) => answer.Task;
        await host.StartEngineAsync();

        await host.AdvanceToAsync(Nine);
        await host.AdvanceToAsync(Nine.AddMinutes(5));
        answer.SetResult(FakeSandbox.Answer(200));
        await host.Signals.RecordedAsync(1);
        await host.AdvanceToAsync(Nine.AddMinutes(10));
        await host.Signals.RecordedAsync(2);

        var rows = await host.LedgerAsync(schedule);
        Assert.Equal([RunState.Succeeded, RunState.Skipped, RunState.Succeeded], rows.Select(r => r.State));
        Assert.Equal([Nine, Nine.AddMinutes(5), Nine.AddMinutes(10)], rows.Select(r => r.DueAt));
        Assert.Equal(RunReason.Overlap, rows[1].Reason);
    }

    [Fact]
    public async Task Due_PreviousStillGoingAndOneMayWait_StartsWhenThatHasEnded()
    {
        await using var host = await TestHost.CreateAsync();
        var policy = new SchedulePolicyInput { Overlap = OverlapPolicy.QueueOne };
        var schedule = await host.ScheduleAsync(await host.InstallAsync(), "*/5 * * * *", policy: policy);
        var answer = new TaskCompletionSource<InvocationResult>();
        host.Sandbox.Behaviour = (_, _) => answer.Task;
        await host.StartEngineAsync();

        await host.AdvanceToAsync(Nine);
        await host.AdvanceToAsync(Nine.AddMinutes(5));
        await host.AdvanceToAsync(Nine.AddMinutes(10));
        answer.SetResult(FakeSandbox.Answer(200));
        await host.Signals.RecordedAsync(2);

        var rows = await host.LedgerAsync(schedule);
        Assert.Equal([RunState.Succeeded, RunState.Succeeded, RunState.Skipped], rows.Select(r => r.State));
        Assert.Equal(Nine.AddMinutes(10), rows[1].StartedAt);
        Assert.Contains(
            KeyValuePair.Create("x-scheduler-due-at", "2026-03-02T09:05:00.000Z"), host.Sandbox.Invocations.ElementAt(1).Request.Headers);
    }

    [Fact]
    public async Task Start_AfterDownTimeAndAllAreWanted_RunsThemOneAfterTheOther()
    {
        await using var host = await TestHost.CreateAsync();
        var schedule = await host.ScheduleAsync(
            await host.InstallAsync(), "0 * * * *", policy: new SchedulePolicyInput { Missed = MissedPolicy.All, MissedMax = 3 });
        host.Time.SetUtcNow(Nine.AddHours(3).AddMinutes(20));

        await host.StartEngineAsync();
        await host.Signals.RecordedAsync(3);

        var rows = await host.LedgerAsync(schedule);
        Assert.Equal([RunState.Missed, RunState.Succeeded, RunState.Succeeded, RunState.Succeeded], rows.Select(r => r.State));
        Assert.Equal((RunReason.Superseded, 1, Nine), (rows[0].Reason, rows[0].MissedCount, rows[0].DueAt));
        Assert.Equal(rows.Skip(1).Select(r => r.DueAt), rows.Skip(1).OrderBy(r => r.CreatedAt).ThenBy(r => r.Id.Value).Select(r => r.DueAt));
        Assert.Null((await host.ReadAsync(schedule)).Pause);
    }

    [Fact]
    public async Task Due_FailsAgainAndAgain_IsPausedUntilItIsResumed()
    {
        await using var host = await TestHost.CreateAsync();
        var extension = await host.InstallAsync();
        var schedule = await host.ScheduleAsync(extension, "*/5 * * * *", policy: new SchedulePolicyInput { PauseAfterFailures = 2 });
        host.Sandbox.Behaviour = (_, _) => Task.FromResult(FakeSandbox.Answer(500));
        await host.StartEngineAsync();
        await host.AdvanceToAsync(Nine);
        await host.Signals.RecordedAsync(1);
        await host.AdvanceToAsync(Nine.AddMinutes(5));
        await host.Signals.RecordedAsync(2);

        await host.AdvanceToAsync(Nine.AddMinutes(17));
        Assert.Equal(2, host.Sandbox.Invocations.Count);
        var paused = await host.ReadAsync(schedule);
        Assert.Equal("Paused after 2 failed runs in a row. The last: The endpoint answered with status 500", paused.LastError);

        var resumed = await host.Pauses.ResumeScheduleAsync(extension.Install.Scope, schedule.Id.ToString(), onEnd: null, TestHost.Admin, byOperator: false);
        Assert.IsType<PauseOutcome.Done>(resumed);
        await host.AdvanceToAsync(Nine.AddMinutes(20));
        await host.Signals.RecordedAsync(3);

        var rows = await host.LedgerAsync(schedule);
        Assert.Equal([RunState.Failed, RunState.Failed, RunState.Skipped, RunState.Failed], rows.Select(r => r.State));
        Assert.Equal((RunReason.Paused, 2), (rows[2].Reason, rows[2].MissedCount));
    }

    [Fact]
    public async Task Start_AfterDownTime_FiresTheLatestAndRecordsTheRest()
    {
        await using var host = await TestHost.CreateAsync();
        var schedule = await host.ScheduleAsync(await host.InstallAsync(), "0 * * * *");
        host.Time.SetUtcNow(Nine.AddHours(3).AddMinutes(20));

        await host.StartEngineAsync();
        await host.Signals.RecordedAsync(1);

        var rows = await host.LedgerAsync(schedule);
        Assert.Equal([RunState.Missed, RunState.Succeeded], rows.Select(r => r.State));
        Assert.Equal((RunReason.Superseded, 3, Nine, Nine.AddHours(2)), (rows[0].Reason, rows[0].MissedCount, rows[0].MissedFrom, rows[0].MissedTo));
        Assert.Equal(Nine.AddHours(3), rows[1].DueAt);
        Assert.Equal(Nine.AddHours(4), (await host.ReadAsync(schedule)).NextDueAt);
    }

    [Theory]
    [InlineData(24 * 60, true)]
    [InlineData((24 * 60) + 1, false)]
    public async Task Start_AtTheCatchUpWindow_FiresOnlyWithin(int minutesLate, bool fires)
    {
        await using var host = await TestHost.CreateAsync();
        var schedule = await host.ScheduleAsync(await host.InstallAsync(), "0 9 2 * *");
        host.Time.SetUtcNow(Nine.AddMinutes(minutesLate));

        await host.StartEngineAsync();
        await host.Signals.RecordedAsync(fires ? 1 : 0);

        var row = Assert.Single(await host.LedgerAsync(schedule));
        Assert.Equal(fires ? RunReason.None : RunReason.OutsideCatchUpWindow, row.Reason);
        Assert.Equal(fires ? 1 : 0, host.Sandbox.Invocations.Count);
        Assert.Equal(fires, row.MissedCount is null);
    }

    [Fact]
    public async Task Edit_ToACronThatJustPassed_WaitsForTheNextOccurrence()
    {
        await using var host = await TestHost.CreateAsync(start: Nine.AddMinutes(1));
        var extension = await host.InstallAsync();
        var schedule = await host.ScheduleAsync(extension, "0 15 * * *");
        await host.StartEngineAsync();

        await host.Schedules.UpdateAsync(
            extension.Install.Scope, extension.Version.Endpoints, schedule.Id.ToString(), new ScheduleInput(Cron: "0 9 * * *"), TestHost.Admin);
        await host.AdvanceAsync(TimeSpan.FromMinutes(5));

        Assert.Empty(host.Sandbox.Invocations);
        Assert.Equal(Nine.AddDays(1), (await host.ReadAsync(schedule)).NextDueAt);
    }

    [Fact]
    public async Task Enable_AfterItsTime_WaitsForTheNextOccurrence()
    {
        await using var host = await TestHost.CreateAsync();
        var extension = await host.InstallAsync();
        var schedule = await host.ScheduleAsync(extension, enabled: false);
        await host.StartEngineAsync();

        await host.AdvanceToAsync(Nine.AddMinutes(1));
        await host.Schedules.UpdateAsync(
            extension.Install.Scope, extension.Version.Endpoints, schedule.Id.ToString(), new ScheduleInput(Enabled: true), TestHost.Admin);
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Empty(host.Sandbox.Invocations);
        Assert.Empty(await host.LedgerAsync(schedule));
        Assert.Equal(Nine.AddDays(1), (await host.ReadAsync(schedule)).NextDueAt);
    }

    [Fact]
    public async Task Install_DisabledAndEnabled_FiresNothingInBetween()
    {
        await using var host = await TestHost.CreateAsync();
        var extension = await host.InstallAsync();
        var schedule = await host.ScheduleAsync(extension, "0 * * * *");
        await host.StartEngineAsync();
        await host.AdvanceToAsync(Nine);
        await host.Signals.RecordedAsync(1);

        await host.Installs.SetEnabledAsync(extension.Install.Scope, enabled: false, TestHost.Admin);
        await host.AdvanceToAsync(Nine.AddHours(2));
        var whileDisabled = await host.ReadAsync(schedule);
        await host.Installs.SetEnabledAsync(extension.Install.Scope, enabled: true, TestHost.Admin);
        await host.AdvanceToAsync(Nine.AddHours(2).AddMinutes(1));
        Assert.Single(await host.LedgerAsync(schedule));
        await host.AdvanceToAsync(Nine.AddHours(3));
        await host.Signals.RecordedAsync(2);

        Assert.Equal((Nine, null), (whileDisabled.LastRunAt, whileDisabled.NextDueAt));
        Assert.Equal([Nine, Nine.AddHours(3)], (await host.LedgerAsync(schedule)).Select(r => r.DueAt));
    }

    [Fact]
    public async Task Create_WhileTheEngineSleepsLonger_WakesIt()
    {
        await using var host = await TestHost.CreateAsync(new FiringOptions { Node = "node-a", PollInterval = TimeSpan.FromMinutes(1) });
        var extension = await host.InstallAsync();
        await host.ScheduleAsync(extension, "0 12 * * *");
        await host.StartEngineAsync();

        var soon = await host.ScheduleAsync(extension, "59 8 * * *");
        await host.AdvanceToAsync(Nine.AddMinutes(-1));
        await host.Signals.RecordedAsync(1);

        Assert.Equal(RunState.Succeeded, Assert.Single(await host.LedgerAsync(soon)).State);
    }

    [Fact]
    public async Task Delete_WhileRunning_LetsTheRunFinishAndKeepsTheLedger()
    {
        await using var host = await TestHost.CreateAsync();
        var extension = await host.InstallAsync();
        var schedule = await host.ScheduleAsync(extension);
        var answer = new TaskCompletionSource<InvocationResult>();
        host.Sandbox.Behaviour = (_, _) => answer.Task;
        await host.StartEngineAsync();
        await host.AdvanceToAsync(Nine);

        var deleted = await host.Schedules.DeleteAsync(extension.Install.Scope, schedule.Id.ToString(), TestHost.Admin);
        answer.SetResult(FakeSandbox.Answer(200));
        await host.Signals.RecordedAsync(1);
        await host.AdvanceToAsync(Nine.AddDays(1));

        Assert.True(deleted.IsDone);
        Assert.Equal(RunState.Succeeded, Assert.Single(await host.LedgerAsync(schedule)).State);
    }

    [Fact]
    public async Task Endpoint_GoneFromTheVersion_DisablesTheScheduleWithTheReason()
    {
        await using var host = await TestHost.CreateAsync();
        var extension = await host.InstallAsync();
        var schedule = await host.ScheduleAsync(extension);

        // Its install is of a version that lacks its endpoint, and nobody has told the schedule.
        var target = await host.PublishAsync("com.acme.sync", "2.0.0", ["GET /api/status"]);
        await host.Store.Installs.ChangeAsync(
            schedule.Scope,
            target.Id,
            (install, _) => InstallChange.To(install with { Version = target.Id }, ""),
            AuditEntry.Of(host.Time, schedule.Scope, TestHost.Admin, "install.upgrade", target: null));
        await host.StartEngineAsync();
        await host.AdvanceToAsync(Nine);
        await host.Signals.RecordedAsync(1);

        var after = await host.ReadAsync(schedule);
        Assert.True(after.Enabled);
        Assert.Equal(PauseCause.EndpointGone, after.Pause?.Cause);
        Assert.StartsWith("Endpoint not found or not schedulable: POST /api/sync", after.LastError, StringComparison.Ordinal);
        Assert.Equal((RunState.Abandoned, RunReason.EndpointGone), (await host.LedgerAsync(schedule)).Select(r => (r.State, r.Reason)).Single());
    }

    [Fact]
    public async Task Clock_SetBackAnHour_FiresNothingTwice()
    {
        await using var host = await TestHost.CreateAsync();
        var schedule = await host.ScheduleAsync(await host.InstallAsync(), "*/30 * * * *");
        await host.StartEngineAsync();
        await host.AdvanceToAsync(Nine);
        await host.Signals.RecordedAsync(1);

        host.Time.AdjustTime(Nine.AddHours(-1));
        await host.AdvanceToAsync(Nine.AddMinutes(29));
        await host.AdvanceToAsync(Nine.AddMinutes(30));
        await host.Signals.RecordedAsync(2);

        Assert.Equal([Nine, Nine.AddMinutes(30)], (await host.LedgerAsync(schedule)).Select(r => r.DueAt));
    }

    [Fact]
    public async Task Clock_SetForwardAnHourAndBack_FiresEachOccurrenceOnceAtMost()
    {
        await using var host = await TestHost.CreateAsync();
        var schedule = await host.ScheduleAsync(await host.InstallAsync(), "*/30 * * * *");
        await host.StartEngineAsync();

        await host.AdvanceToAsync(Nine.AddHours(1));
        await host.Signals.RecordedAsync(1);
        host.Time.AdjustTime(Nine);
        await host.AdvanceToAsync(Nine.AddMinutes(59));
        await host.AdvanceToAsync(Nine.AddMinutes(90));
        await host.Signals.RecordedAsync(2);

        var rows = await host.LedgerAsync(schedule);
        Assert.Equal(
            [(RunState.Missed, Nine), (RunState.Succeeded, Nine.AddHours(1)), (RunState.Succeeded, Nine.AddMinutes(90))],
            rows.Select(r => (r.State, r.DueAt)));
        Assert.Equal(2, rows[0].MissedCount);
    }

    [Fact]
    public async Task Clock_SetBackThenEdited_DoesNotRepeatAnOccurrence()
    {
        await using var host = await TestHost.CreateAsync();
        var extension = await host.InstallAsync();
        var schedule = await host.ScheduleAsync(extension, "*/30 * * * *");
        await host.StartEngineAsync();
        await host.AdvanceToAsync(Nine);
        await host.Signals.RecordedAsync(1);

        host.Time.AdjustTime(Nine.AddHours(-1));
        await host.Schedules.UpdateAsync(
            extension.Install.Scope, extension.Version.Endpoints, schedule.Id.ToString(), new ScheduleInput(Cron: "*/15 * * * *"), TestHost.Admin);

        Assert.Equal(Nine.AddMinutes(15), (await host.ReadAsync(schedule)).NextDueAt);
    }
}
