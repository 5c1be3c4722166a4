using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Escapement.Firing.Holding;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Telemetry;

namespace Escapement.Firing.Stages;

public sealed class StageTelemetryTests : IDisposable
{
    private static readonly ClaimedBatch Nothing = new([], 0, 0, 0, false);
    private static readonly Invoked Invoked = new(FakeSandbox.Answer(500), SomeRun.Due, TimeSpan.FromSeconds(1), RunEvidence.None) { ColdStart = true };
    private static readonly AttemptEnd End = new AttemptEnd.Returned(Invoked);

    private readonly EscapementTelemetry telemetry = new();
    private readonly HeldRun run = new(SomeRun.Claimed(), SomeRun.Due);
    private readonly AttemptOutcome outcome;

    public StageTelemetryTests() => outcome = new AttemptOutcome
    {
        Lease = run.Claimed.Lease,
        Attempt = 1,
        State = RunState.Failed,
        Reason = RunReason.ErrorStatus,
        FinishedAt = SomeRun.Due,
    };

    public void Dispose()
    {
        run.Dispose();
        telemetry.Dispose();
    }

    [Fact]
    public void AllStages_NobodyListens_MakeNothing()
    {
        TellAll();
        var before = GC.GetAllocatedBytesForCurrentThread();
        TellAll();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Null(run.Span);
    }

    [Fact]
    public void Invoked_ColdStart_SaysSo()
    {
        using var listening = new Listening(telemetry);
        TellAll();
        Assert.Equal(true, Assert.Single(listening.SpansOf("escapement.invoke")).GetTagItem("faas.coldstart"));
    }

    private void TellAll()
    {
        using var claim = telemetry.StartBatch("escapement.claim");
        claim.Claimed(Nothing);
        telemetry.Firing.Claimed(TimeSpan.FromSeconds(1), 1, 1, 1, 1);
        using var prepare = telemetry.StartBatch("escapement.prepare", 1, claim);
        using var invoke = telemetry.StartInvoke(run);
        invoke.Invoked(End);
        using var classify = telemetry.StartClassify(run);
        telemetry.Classified(classify, run.Claimed, End, outcome);
        using var record = telemetry.StartBatch("escapement.record", 1);
        telemetry.Firing.Ended(outcome.State, outcome.Reason);
        telemetry.Store.Failed("claim");
        using var call = telemetry.Sandbox.StartHostCall("scheduler.list", invoke);
    }
}
