using Escapement.Firing.Claiming;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Firing.Ending;

/// <summary>The rule for runs that fail in a row, without a database.</summary>
public sealed class FailureCountTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 2, 9, 0, 30, TimeSpan.Zero);

    [Theory]
    [InlineData(RunReason.ErrorStatus, 1)]
    [InlineData(RunReason.Trap, 1)]
    [InlineData(RunReason.TimeOut, 1)]
    [InlineData(RunReason.ResponseTooLarge, 1)]
    [InlineData(RunReason.OutOfMemory, 1)]
    [InlineData(RunReason.TooManyHostCalls, 1)]
    [InlineData(RunReason.WorkerLost, 1)]
    [InlineData(RunReason.ComponentUnavailable, 0)]
    [InlineData(RunReason.HostError, 0)]
    public void Of_FailedRun_CountsWhatTheExtensionDidAndNotTheHost(RunReason reason, int counted) =>
        Assert.Equal(new FailureCount(3, 3 + counted), FailureCount.Of(Failed(before: 3) with { Reason = reason }, staysOpen: false));

    [Theory]
    [InlineData(RunReason.InstallDisabled)]
    [InlineData(RunReason.ScheduleDisabled)]
    [InlineData(RunReason.EndpointGone)]
    public void Of_AbandonedRun_NeitherCountsNorSetsBack(RunReason reason) =>
        Assert.Equal(
            new FailureCount(3, 3), FailureCount.Of(Failed(before: 3) with { State = RunState.Abandoned, Reason = reason }, staysOpen: false));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_LostWithAWorkerThatItShared_NeitherCountsNorSetsBack(bool staysOpen) => Assert.Equal(
        new FailureCount(3, 3),
        FailureCount.Of(LostWorkers.Settle(Failed(before: 3) with { Reason = RunReason.WorkerLost }, alone: false), staysOpen));

    [Fact]
    public void Of_AttemptThatIsTriedAgain_DoesNotCount() =>
        Assert.Equal(new FailureCount(19, 19), FailureCount.Of(Failed(before: 19) with { State = RunState.Queued }, staysOpen: true));

    [Fact]
    public void Of_Success_SetsBack() => Assert.Equal(
        new FailureCount(19, 0), FailureCount.Of(Failed(before: 19) with { State = RunState.Succeeded, Reason = RunReason.None }, staysOpen: false));

    [Theory]
    [InlineData(18, 20, false)]
    [InlineData(19, 20, true)]
    [InlineData(20, 20, true)]
    [InlineData(0, 1, true)]
    [InlineData(5_000, 0, false)]
    public void Of_FailedRun_PausesAtThePolicysLimit(int before, int limit, bool pauses)
    {
        var count = FailureCount.Of(Failed(before) with { PauseAfterFailures = limit }, staysOpen: false);

        Assert.Equal((before + 1, pauses, pauses), (count.After, count.Pause is not null, count.LastError is not null));
    }

    [Fact]
    public void Of_LastFailure_SaysThatItPausedAndWhy()
    {
        var outcome = Failed(before: 19);
        var count = FailureCount.Of(outcome, staysOpen: false);

        var expected = new Pause
        {
            Id = outcome.Lease.Id.Value,
            Layer = PauseLayer.Schedule,
            Since = At,
            Cause = PauseCause.Failures,
            Note = "Paused after 20 failed runs in a row",
            By = "escapement",
        };
        Assert.Equal(expected, count.Pause);
        Assert.Equal("Paused after 20 failed runs in a row. The last: The endpoint answered with status 500", count.LastError);
    }

    [Fact]
    public void Of_LastFailureWithALongError_IsCutToWhatAScheduleKeeps() =>
        Assert.Equal(4_000, FailureCount.Of(Failed(before: 19) with { Error = new string('x', 4_000) }, staysOpen: false).LastError!.Length);

    private static AttemptOutcome Failed(int before) => new()
    {
        Lease = new LeasedRun(new RunId(Guid.NewGuid()), TenantId.Parse("acme"), new ScheduleId(Guid.NewGuid()), Guid.NewGuid()),
        Attempt = 1,
        State = RunState.Failed,
        Reason = RunReason.ErrorStatus,
        FinishedAt = At,
        Error = "The endpoint answered with status 500",
        FailuresBefore = before,
        PauseAfterFailures = 20,
    };
}
