using System.Text;
using Escapement.Runs;
using Escapement.Sandbox;

namespace Escapement.Firing;

public class RerunTests
{
    [Fact]
    public async Task Rerun_EndedRun_IsToldItsDueTimeAndHasItsPayloadAndAKeyOfItsOwn()
    {
        await using var host = await TestHost.CreateAsync();
        var extension = await host.InstallAsync();
        var schedule = await host.ScheduleAsync(extension, payload: "{\"first\":1}");
        await host.StartEngineAsync();
        host.Sandbox.Behaviour = (_, _) => Task.FromResult(FakeSandbox.Answer(500));
        await host.AdvanceToAsync(schedule.NextDueAt!.Value);
        await host.Signals.RecordedAsync(1);
        var original = Assert.Single(await host.LedgerAsync(schedule));
        await host.Schedules.UpdateAsync(
            schedule.Scope, extension.Version.Endpoints, schedule.Id.ToString(), new(Payload: "{\"second\":2}"), TestHost.Admin);

        var answer = await host.Runs.RerunAsync(schedule.Scope.Tenant, original.Id.ToString(), TestHost.Admin, "  the bank is back ");
        await host.Signals.RecordedAsync(2);

        var repeat = Assert.IsType<RunNowOutcome.Queued>(answer).Run;
        var run = (await host.Store.Runs.GetAsync(schedule.Scope.Tenant, repeat.Id))!;
        Assert.Equal((RunTrigger.Rerun, original.Id, original.DueAt, "the bank is back"), (run.Trigger, run.Repeats, run.Occurrence, run.Note));
        var request = host.Sandbox.Invocations.Last().Request;
        Assert.Equal("{\"first\":1}", Encoding.UTF8.GetString(request.Body!.Value.Span));
        Assert.Equal("rerun", Header(request, "x-scheduler-trigger"));
        Assert.Equal(Timestamps.Format(original.DueAt), Header(request, "x-scheduler-due-at"));
        Assert.Equal(run.Id.ToString(), Header(request, "x-idempotency-key"));
        Assert.Contains(
            await host.AuditAsync(extension),
            e => e.Action == "schedule.rerun" && e.Detail == $"run {run.Id} repeats {original.Id}: the bank is back");
    }

    [Fact]
    public async Task Rerun_RunThatIsOpen_IsRefusedAndAudited()
    {
        await using var host = await TestHost.CreateAsync();
        var extension = await host.InstallAsync();
        var schedule = await host.ScheduleAsync(extension);
        var queued = Assert.IsType<RunNowOutcome.Queued>(await host.Runs.RunNowAsync(schedule.Scope, schedule.Id.ToString(), TestHost.Admin)).Run;

        Assert.Equal(new RunNowOutcome.NotEnded(queued.Id), await RerunAsync(host, queued));

        Assert.Contains(await host.AuditAsync(extension), e => e is { Action: "schedule.rerun", Outcome: Audit.AuditOutcome.Refused });
    }

    [Fact]
    public async Task Rerun_RowOfWhatNeverStarted_IsRefused()
    {
        await using var host = await TestHost.CreateAsync();
        var schedule = await host.ScheduleAsync(await host.InstallAsync());
        host.Time.SetUtcNow(schedule.NextDueAt!.Value.AddDays(3));
        await host.StartEngineAsync();
        await host.Signals.RecordedAsync(1);
        var missed = (await host.LedgerAsync(schedule)).Single(r => r.State == RunState.Missed);

        Assert.Equal(new RunNowOutcome.NeverStarted(), await RerunAsync(host, missed));
    }

    [Fact]
    public async Task Rerun_ScheduleDeleted_IsRefused()
    {
        await using var host = await TestHost.CreateAsync();
        var (schedule, run) = await RanAsync(host);
        await host.Schedules.DeleteAsync(schedule.Scope, schedule.Id.ToString(), TestHost.Admin);

        Assert.Equal(new RunNowOutcome.ScheduleGone(), await RerunAsync(host, run));
    }

    [Fact]
    public async Task Rerun_UnknownRunOrAnotherTenants_IsNotFound()
    {
        await using var host = await TestHost.CreateAsync();
        var (schedule, run) = await RanAsync(host);

        Assert.Equal(new RunNowOutcome.NotFound(), await host.Runs.RerunAsync(TenantId.Parse("globex"), run.Id.ToString(), TestHost.Admin));
        Assert.Equal(new RunNowOutcome.NotFound(), await host.Runs.RerunAsync(schedule.Scope.Tenant, Guid.NewGuid().ToString(), TestHost.Admin));
        Assert.Equal(new RunNowOutcome.NotFound(), await host.Runs.RerunAsync(schedule.Scope.Tenant, "no id", TestHost.Admin));
    }

    [Theory]
    [InlineData(512, true)]
    [InlineData(513, false)]
    public async Task RunNow_NoteOfALength_IsKeptUpToTheLimit(int length, bool kept)
    {
        await using var host = await TestHost.CreateAsync();
        var schedule = await host.ScheduleAsync(await host.InstallAsync());
        var note = new string('n', length);

        var outcome = await host.Runs.RunNowAsync(schedule.Scope, schedule.Id.ToString(), TestHost.Admin, note);

        Assert.Equal(kept ? note : null, (outcome as RunNowOutcome.Queued)?.Run.Note);
        Assert.Equal(kept ? null : "too-long", (outcome as RunNowOutcome.InvalidNote)?.Problem.Code);
        Assert.Equal(kept ? 1 : 0, (await host.LedgerAsync(schedule)).Count);
    }

    private static ValueTask<RunNowOutcome> RerunAsync(TestHost host, Run run) =>
        host.Runs.RerunAsync(run.Scope.Tenant, run.Id.ToString(), TestHost.Admin);

    private static async Task<(Scheduling.Schedule Schedule, Run Run)> RanAsync(TestHost host)
    {
        var schedule = await host.ScheduleAsync(await host.InstallAsync());
        await host.StartEngineAsync();
        await host.Runs.RunNowAsync(schedule.Scope, schedule.Id.ToString(), TestHost.Admin);
        await host.Signals.RecordedAsync(1);
        return (schedule, Assert.Single(await host.LedgerAsync(schedule)));
    }

    private static string Header(HandlerRequest request, string name) => request.Headers.Single(h => h.Key == name).Value;
}
