using Escapement.Runs;

namespace Escapement.Tests.Runs;

public sealed class RunExplanationTests
{
    private static readonly DateTimeOffset Due = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(RunState.Failed, RunReason.ErrorStatus, "status 503")]
    [InlineData(RunState.Failed, RunReason.Trap, "crashed")]
    [InlineData(RunState.Failed, RunReason.TimeOut, "time limit")]
    [InlineData(RunState.Failed, RunReason.ResponseTooLarge, "larger than allowed")]
    [InlineData(RunState.Failed, RunReason.OutOfMemory, "more memory")]
    [InlineData(RunState.Failed, RunReason.ComponentUnavailable, "could not be loaded")]
    [InlineData(RunState.Failed, RunReason.TooManyHostCalls, "host calls")]
    [InlineData(RunState.Failed, RunReason.HostError, "host itself failed")]
    [InlineData(RunState.Skipped, RunReason.Overlap, "previous run")]
    [InlineData(RunState.Skipped, RunReason.Paused, "was paused")]
    [InlineData(RunState.Skipped, RunReason.SkippedByAdmin, "skipped ahead of time")]
    [InlineData(RunState.Missed, RunReason.Superseded, "later occurrence")]
    [InlineData(RunState.Missed, RunReason.OutsideCatchUpWindow, "catch-up window")]
    [InlineData(RunState.Missed, RunReason.NotCaughtUp, "catches nothing up")]
    [InlineData(RunState.Abandoned, RunReason.NodeLost, "node")]
    [InlineData(RunState.Abandoned, RunReason.InstallDisabled, "install was disabled")]
    [InlineData(RunState.Abandoned, RunReason.InstallRemoved, "uninstalled")]
    [InlineData(RunState.Abandoned, RunReason.ScheduleDisabled, "schedule was disabled")]
    [InlineData(RunState.Abandoned, RunReason.ScheduleDeleted, "deleted")]
    [InlineData(RunState.Abandoned, RunReason.ScheduleChanged, "times were changed")]
    [InlineData(RunState.Abandoned, RunReason.PayloadGone, "kept no more")]
    [InlineData(RunState.Abandoned, RunReason.EndpointGone, "no such endpoint")]
    [InlineData(RunState.Abandoned, RunReason.ScheduleUnplannable, "could not work out when")]
    public void For_EndedRun_SaysWhy(RunState state, RunReason reason, string part)
    {
        var run = Make(state) with { Reason = reason, StatusCode = reason == RunReason.ErrorStatus ? 503 : null };
        Assert.Contains(part, RunExplanation.For(run), StringComparison.Ordinal);
    }

    [Fact]
    public void Word_EveryReason_HasOneOfItsOwn()
    {
        var words = Enum.GetValues<RunReason>().Where(r => r != RunReason.None).Select(RunExplanation.Word).ToList();
        Assert.DoesNotContain("unknown", words);
        Assert.Equal(words.Count, words.Distinct().Count());
        Assert.Null(RunExplanation.Word(RunReason.None));
        Assert.Equal("unknown", RunExplanation.Word((RunReason)999));
    }

    [Fact]
    public void For_OpenAndSucceededRuns_SaysWhereTheyAre()
    {
        Assert.Contains("free slot", RunExplanation.For(Make(RunState.Queued)), StringComparison.Ordinal);
        Assert.Contains("node n1", RunExplanation.For(Make(RunState.Running) with { Attempt = 2, Node = "n1" }), StringComparison.Ordinal);
        Assert.Contains("status 200", RunExplanation.For(Make(RunState.Succeeded) with { StatusCode = 200 }), StringComparison.Ordinal);
        var trapped = new EndedAttempt(1, Due, Due, RunReason.Trap, "n1", null);
        var retry = Make(RunState.Queued) with { AvailableAt = Due.AddMinutes(1), EarlierAttempts = [trapped] };
        Assert.Equal(
            "Attempt 1 ended without success (the extension's code crashed); attempt 2 starts not before 2026-03-01 09:01:00 UTC.",
            RunExplanation.For(retry));
    }

    [Theory]
    [InlineData(RunReason.NodeStopped, "the node that ran it was stopped before it ended")]
    [InlineData(RunReason.NodeLost, "the node that ran it was lost")]
    [InlineData(RunReason.WorkerLost, "the process that ran it was lost, so it is tried again with no other beside it")]
    public void For_QueuedAfterAnAttemptOfANodeThatIsGone_SaysHowItWent(RunReason reason, string how)
    {
        var queued = Make(RunState.Queued) with { AvailableAt = Due, EarlierAttempts = [new EndedAttempt(1, Due, Due, reason, "n1", null)] };
        Assert.Equal($"Attempt 1 ended without success ({how}); attempt 2 starts not before 2026-03-01 09:00:00 UTC.", RunExplanation.For(queued));
    }

    [Theory]
    [InlineData(RunReason.Compiling)]
    [InlineData(RunReason.SandboxUnavailable)]
    public void For_QueuedThatWaitsForTheSandbox_SaysSoWhateverWasTriedBefore(RunReason reason)
    {
        var attempts = new[] { new EndedAttempt(1, Due, Due, RunReason.Trap, "n1", null) };
        var queued = Make(RunState.Queued) with { Reason = reason, Error = "It waits for something", AvailableAt = Due, EarlierAttempts = attempts };
        Assert.Equal("It waits for something; it starts not before 2026-03-01 09:00:00 UTC.", RunExplanation.For(queued));
    }

    [Fact]
    public void For_MissedRange_SaysHowManyFromAndTo()
    {
        var missed = Make(RunState.Missed) with { Reason = RunReason.OutsideCatchUpWindow, MissedCount = 3, MissedFrom = Due, MissedTo = Due.AddHours(2) };
        var text = RunExplanation.For(missed);
        Assert.StartsWith("3 occurrences from 2026-03-01 09:00:00 UTC to 2026-03-01 11:00:00 UTC did not start", text, StringComparison.Ordinal);
    }

    private static Run Make(RunState state) => new()
    {
        Id = new RunId(Ids.Next(TimeProvider.System)),
        Scope = new InstallScope(TenantId.Parse("t1"), new InstallId(Ids.Next(TimeProvider.System))),
        Schedule = new ScheduleId(Ids.Next(TimeProvider.System)),
        DueAt = Due,
        Trigger = RunTrigger.Schedule,
        State = state,
        CreatedAt = Due,
    };
}
