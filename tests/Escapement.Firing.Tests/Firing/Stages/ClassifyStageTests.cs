using System.Diagnostics;
using System.Text;
using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Escapement.Firing.Holding;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Scheduling;
using Escapement.Telemetry;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Firing.Stages;

public class ClassifyStageTests
{
    private static readonly RetryPolicy Twice = new(2, TimeSpan.FromSeconds(10), 2, TimeSpan.FromHours(1));
    private static readonly DateTimeOffset StartedAt = SomeRun.Due.AddSeconds(1);

    private readonly EscapementTelemetry telemetry = new();
    private readonly FakeTimeProvider time = new(SomeRun.Due.AddSeconds(3));
    private readonly ClassifyStage stage;

    public ClassifyStageTests() => stage = new ClassifyStage(TimeSpan.FromHours(24), telemetry, time);

    [Theory]
    [InlineData(100, RunState.Succeeded)]
    [InlineData(200, RunState.Succeeded)]
    [InlineData(399, RunState.Succeeded)]
    [InlineData(400, RunState.Failed)]
    [InlineData(599, RunState.Failed)]
    public void Run_Answered_SucceedsBelow400(int status, RunState state)
    {
        var run = SomeRun.Claimed(attempt: 3);
        var evidence = new RunEvidence([], 7, new Dictionary<string, int> { ["scheduler.list"] = 2 });
        var outcome = Classify(run, new AttemptEnd.Returned(new Invoked(FakeSandbox.Answer(status), StartedAt, TimeSpan.FromSeconds(2), evidence)))!;

        Assert.Equal((run.Lease, 3, state, status), (outcome.Lease, outcome.Attempt, outcome.State, outcome.StatusCode));
        Assert.Equal((StartedAt, SomeRun.Due.AddSeconds(3), null), (outcome.StartedAt, outcome.FinishedAt, outcome.RetryAt));
        Assert.Same(evidence, outcome.Evidence);
        Assert.Equal(
            state == RunState.Succeeded ? (RunReason.None, null) : (RunReason.ErrorStatus, $"The endpoint answered with status {status}"),
            (outcome.Reason, outcome.Error));
    }

    [Theory]
    [InlineData(ActivitySamplingResult.AllDataAndRecorded, true)]
    [InlineData(ActivitySamplingResult.AllData, false)]
    [InlineData(ActivitySamplingResult.None, false)]
    public void Run_InATrace_KeepsItsIdWhereItIsRecorded(ActivitySamplingResult sampling, bool kept)
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source == telemetry.Source, Sample = (ref ActivityCreationOptions<ActivityContext> _) => sampling,
        };
        ActivitySource.AddActivityListener(listener);
        using var held = new HeldRun(SomeRun.Claimed(), SomeRun.Due);
        using var span = telemetry.StartInvoke(held);
        Assert.Equal(kept ? span!.TraceId.ToHexString() : null, stage.Run(held, Return(FakeSandbox.Answer(500)))!.Evidence.TraceId);
        Assert.Null(stage.Run(held, new AttemptEnd.NotStarted())!.Evidence.TraceId);
    }

    [Theory]
    [InlineData(RunTrigger.Schedule, 24, false, RunReason.Compiling)]
    [InlineData(RunTrigger.Schedule, 24, false, RunReason.SandboxUnavailable)]
    [InlineData(RunTrigger.Schedule, 25, true, RunReason.SandboxUnavailable)]
    [InlineData(RunTrigger.RunNow, 25, false, RunReason.Compiling)]
    public void Run_NotReady_IsPutBackAsLongAsItWouldBeMadeUpFor(RunTrigger trigger, int hours, bool givenUp, RunReason reason)
    {
        var run = SomeRun.Claimed(attempt: 1) with { Trigger = trigger, DueAt = time.GetUtcNow().AddHours(-hours) };
        var outcome = Classify(run, new AttemptEnd.NotReady(reason, "It is not ready"))!;

        Assert.Equal((null, "It is not ready"), (outcome.StartedAt, outcome.Error));
        Assert.Equal(
            givenUp ? (RunState.Abandoned, RunReason.OutsideCatchUpWindow, null) : (RunState.Queued, reason, time.GetUtcNow().AddSeconds(5)),
            (outcome.State, outcome.Reason, outcome.RetryAt));
    }

    [Theory]
    [InlineData(1_000, 1_000)]
    [InlineData(1_001, 1_000)]
    public void Run_ErrorStatusWithABody_QuotesItsBeginning(int bytes, int quoted)
    {
        var outcome = Returned(FakeSandbox.Answer(500, new string('x', bytes)));
        Assert.Equal($"The endpoint answered with status 500: {new string('x', quoted)}", outcome.Error);
    }

    [Theory]
    [InlineData(4_000, 4_000)]
    [InlineData(4_001, 4_000)]
    public void Run_GuestFailed_KeepsTheReasonAndAsMuchOfTheMessageAsTheLedgerTakes(int length, int kept)
    {
        var outcome = Returned(new InvocationResult.Failed(RunReason.Trap, new string('x', length)));
        Assert.Equal((RunState.Failed, RunReason.Trap, null, kept), (outcome.State, outcome.Reason, outcome.StatusCode, outcome.Error!.Length));
    }

    [Fact]
    public void Run_ResultThatNobodyKnows_IsAFailureOfTheHost()
    {
        var outcome = Returned(new InvocationResult.NotStarted());
        Assert.Equal((RunState.Failed, RunReason.HostError), (outcome.State, outcome.Reason));
    }

    [Fact]
    public void Run_EndedBecauseTheNodeStops_IsGivenBackAtOnce()
    {
        var outcome = Returned(new InvocationResult.Cancelled());
        Assert.Equal((RunState.Queued, RunReason.NodeStopped), (outcome.State, outcome.Reason));
        Assert.Equal((StartedAt, outcome.FinishedAt), (outcome.StartedAt, outcome.RetryAt));
        Assert.Equal("The node was stopped before the extension answered", outcome.Error);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(9, 3)]
    public void Run_LostWithAWorkerThatItShared_IsTriedAgainAtOnceWhateverThePolicy(int attempt, int lost)
    {
        var run = SomeRun.Claimed(attempt: attempt, retry: Twice) with { LostAttempts = lost };
        var outcome = Classify(run, Return(new InvocationResult.WorkerLost(Alone: false, "it died")))!;
        Assert.Equal((RunState.Queued, RunReason.WorkerLost, true), (outcome.State, outcome.Reason, outcome.SharedLostWorker));
        Assert.Equal((outcome.FinishedAt, "it died"), (outcome.RetryAt, outcome.Error));
    }

    [Theory]
    [InlineData(1, RunState.Queued)]
    [InlineData(2, RunState.Failed)]
    public void Run_LostWithAWorkerThatItHadAlone_HasFailedAsThePolicyCounts(int attempt, RunState state)
    {
        var outcome = Classify(SomeRun.Claimed(attempt: attempt, retry: Twice), Return(new InvocationResult.WorkerLost(Alone: true, "it died")))!;
        Assert.Equal((state, RunReason.WorkerLost, false), (outcome.State, outcome.Reason, outcome.SharedLostWorker));
    }

    [Fact]
    public void Run_NotStarted_IsGivenBackWithoutAStart()
    {
        var outcome = Classify(SomeRun.Claimed(), new AttemptEnd.NotStarted())!;
        Assert.Equal((RunState.Queued, RunReason.NodeStopped, null, outcome.FinishedAt), (outcome.State, outcome.Reason, outcome.StartedAt, outcome.RetryAt));
        Assert.Equal("The node was stopped before the extension was called", outcome.Error);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_GivenUp_IsAbandonedWhateverThePolicy(bool holdsSchedule)
    {
        var outcome = Classify(SomeRun.Claimed(retry: Twice), new AttemptEnd.GivenUp(RunReason.EndpointGone, "gone", holdsSchedule))!;
        Assert.Equal((RunState.Abandoned, RunReason.EndpointGone, "gone"), (outcome.State, outcome.Reason, outcome.Error));
        Assert.Equal(holdsSchedule, outcome.HoldsSchedule);
        Assert.Equal((null, SomeRun.Due.AddSeconds(3), null), (outcome.StartedAt, outcome.FinishedAt, outcome.RetryAt));
    }

    [Fact]
    public void Run_HostFailed_SaysSoInTheLedger()
    {
        var outcome = Classify(SomeRun.Claimed(), new AttemptEnd.HostFailed(StartedAt, new FormatException("an unreadable row")))!;
        Assert.Equal((RunState.Failed, RunReason.HostError, StartedAt), (outcome.State, outcome.Reason, outcome.StartedAt));
        Assert.Equal("The host failed while it ran the extension: FormatException: an unreadable row", outcome.Error);
    }

    [Fact]
    public void Run_LeaseLost_IsNotThisNodesToWriteButToTell()
    {
        using var listening = new Listening(telemetry);
        Assert.Null(Classify(SomeRun.Claimed(), new AttemptEnd.LeaseLost()));
        Assert.Equal(1, Assert.Single(listening.Of("escapement.lease.lost")).Value);
        Assert.Equal("lease-lost", Assert.Single(listening.SpansOf("escapement.classify")).GetTagItem("error.type"));
    }

    [Theory]
    [InlineData(1, 0, 0, RunState.Queued)]
    [InlineData(2, 0, 0, RunState.Failed)]
    [InlineData(3, 1, 1, RunState.Queued)]
    [InlineData(4, 1, 1, RunState.Failed)]
    public void Run_FailedUnderAPolicyOfTwoAttempts_IsTriedAgainOnceNotCountingLostAndStoppedOnes(int attempt, int lost, int stopped, RunState state)
    {
        var run = SomeRun.Claimed(attempt: attempt, retry: Twice) with { LostAttempts = lost, StoppedAttempts = stopped };
        AttemptEnd[] failures =
        [
            Return(FakeSandbox.Answer(500)),
            Return(new InvocationResult.Failed(RunReason.TimeOut, "slow")),
            new AttemptEnd.HostFailed(StartedAt, new FormatException()),
        ];
        Assert.All(failures, failure =>
        {
            var outcome = Classify(run, failure)!;
            Assert.Equal(state, outcome.State);
            if (state == RunState.Queued)
            {
                Assert.InRange(outcome.RetryAt!.Value - outcome.FinishedAt, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10));
            }
            else
            {
                Assert.Null(outcome.RetryAt);
            }
        });
    }

    private static AttemptEnd.Returned Return(InvocationResult result) => new(new Invoked(result, StartedAt, TimeSpan.FromSeconds(2), RunEvidence.None));

    private AttemptOutcome? Classify(ClaimedRun run, AttemptEnd end)
    {
        using var held = new HeldRun(run, SomeRun.Due);
        return stage.Run(held, end);
    }

    private AttemptOutcome Returned(InvocationResult result) => Classify(SomeRun.Claimed(), Return(result))!;
}
