using System.Text;
using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Escapement.Firing.Holding;
using Escapement.Runs;
using Escapement.Sandbox;
using Escapement.Telemetry;

namespace Escapement.Firing.Stages;

/// <summary>
/// Stage 5: turns whatever came back into one closed outcome; outcomes are made here alone. A status below 400 is a success; anything
/// else, the unknown included, is not.
/// </summary>
internal sealed class ClassifyStage(TimeSpan catchUpWindow, EscapementTelemetry telemetry, TimeProvider time)
{
    private const int MaxError = 4_000;
    private const int MaxQuotedBody = 1_000;
    private const string StoppedBeforeCall = "The node was stopped before the extension was called";
    private const string StoppedBeforeAnswer = "The node was stopped before the extension answered";
    private const string UnknownResult = "The sandbox answered with a result that the engine does not know";

    /// <summary>The outcome of an attempt; null when it is not this node's to write.</summary>
    public AttemptOutcome? Run(HeldRun run, AttemptEnd end)
    {
        using var span = telemetry.StartClassify(run);
        var outcome = Traced(run, Classify(run.Claimed, end));
        telemetry.Classified(span, run.Claimed, end, outcome);
        return outcome;
    }

    // Where nobody records traces nothing is kept, and what is not kept costs nothing.
    private static AttemptOutcome? Traced(HeldRun run, AttemptOutcome? outcome) => outcome?.StartedAt is not null && run.Span is { Recorded: true } span
        ? outcome with { Evidence = outcome.Evidence with { TraceId = span.TraceId.ToHexString() } }
        : outcome;

    private AttemptOutcome? Classify(ClaimedRun run, AttemptEnd end) => end switch
    {
        AttemptEnd.Returned returned => Returned(run, returned.Invoked) with { Version = end.Version },
        AttemptEnd.GivenUp given => Ended(run, RunState.Abandoned, given.Reason, given.Text) with { HoldsSchedule = given.HoldsSchedule },
        AttemptEnd.HostFailed failed => TriedAgain(run, HostFailed(run, failed)) with { Version = end.Version },
        AttemptEnd.NotStarted => GivenBack(Ended(run, RunState.Queued, RunReason.NodeStopped, StoppedBeforeCall)),
        AttemptEnd.NotReady waiting => PutBack(run, waiting),
        AttemptEnd.LeaseLost => null,
        _ => throw new InvalidOperationException($"An end that nobody knows: {end}"),
    };

    private static string Describe(HandlerResponse response)
    {
        var text = response.Body is { Length: > 0 } body ? Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, MaxQuotedBody)]) : "";
        return text.Length == 0 ? $"The endpoint answered with status {response.Status}" : $"The endpoint answered with status {response.Status}: {text}";
    }

    private AttemptOutcome Returned(ClaimedRun run, Invoked invoked) => invoked.Result switch
    {
        InvocationResult.Responded { Response.Status: < 400 } => Ended(run, RunState.Succeeded, RunReason.None, error: null, invoked),
        InvocationResult.Responded bad => TriedAgain(run, Ended(run, RunState.Failed, RunReason.ErrorStatus, Describe(bad.Response), invoked)),
        InvocationResult.Failed failed => TriedAgain(run, Ended(run, RunState.Failed, failed.Reason, failed.Message, invoked)),
        InvocationResult.WorkerLost lost => WorkerLost(run, Ended(run, RunState.Failed, RunReason.WorkerLost, lost.Message, invoked), lost.Alone),
        InvocationResult.Cancelled => GivenBack(Ended(run, RunState.Queued, RunReason.NodeStopped, StoppedBeforeAnswer, invoked)),
        _ => TriedAgain(run, Ended(run, RunState.Failed, RunReason.HostError, UnknownResult, invoked)),
    };

    private static AttemptOutcome WorkerLost(ClaimedRun run, AttemptOutcome outcome, bool alone)
    {
        var settled = LostWorkers.Settle(outcome, alone);
        return settled.SharedLostWorker ? settled : TriedAgain(run, settled);
    }

    // A fault of the host's own is recorded and retried like any other failure.
    private AttemptOutcome HostFailed(ClaimedRun run, AttemptEnd.HostFailed failed) =>
        Ended(run, RunState.Failed, RunReason.HostError, $"The host failed while it ran the extension: {failed.Fault.GetType().Name}: {failed.Fault.Message}")
            with { StartedAt = failed.StartedAt };

    // This node stops. What the extension did is not known, so the next attempt has the next number; but nothing went wrong with
    // it, so that a deployment after another never uses the run up.
    private static AttemptOutcome GivenBack(AttemptOutcome outcome) => outcome with { RetryAt = outcome.FinishedAt };

    // The component is being compiled, or no worker can be started: the run waits, without a slot, as long as an occurrence that was
    // missed would be made up for.
    private AttemptOutcome PutBack(ClaimedRun run, AttemptEnd.NotReady waiting)
    {
        var outcome = Ended(run, RunState.Queued, waiting.Reason, waiting.Text);
        return run.Trigger == RunTrigger.Schedule && outcome.FinishedAt - run.DueAt > catchUpWindow
            ? outcome with { State = RunState.Abandoned, Reason = RunReason.OutsideCatchUpWindow }
            : outcome with { RetryAt = outcome.FinishedAt + InvocationResult.NotReady.RetryAfter };
    }

    private static AttemptOutcome TriedAgain(ClaimedRun run, AttemptOutcome outcome)
    {
        // What was lost with a node or given back by one is no failure of the extension: it uses up none of the policy's attempts.
        var ownAttempt = run.Attempt - run.LostAttempts - run.StoppedAttempts;
        return outcome.State == RunState.Failed && ownAttempt < run.Policy.Retry.MaxAttempts
            ? outcome with { State = RunState.Queued, RetryAt = outcome.FinishedAt + run.Policy.Retry.DelayAfter(ownAttempt, Random.Shared.NextDouble()) }
            : outcome;
    }

    private AttemptOutcome Ended(ClaimedRun run, RunState state, RunReason reason, string? error, Invoked? invoked = null) => new()
    {
        Lease = run.Lease,
        Attempt = run.Attempt,
        FailuresBefore = run.Failures,
        PauseAfterFailures = run.Policy.PauseAfterFailures,
        State = state,
        Reason = reason,
        StartedAt = invoked?.StartedAt,
        FinishedAt = time.GetUtcNow(),
        StatusCode = (invoked?.Result as InvocationResult.Responded)?.Response.Status,
        Error = error?.Length > MaxError ? error[..MaxError] : error,
        Evidence = run.WaitedFor is null ? invoked?.Evidence ?? RunEvidence.None : (invoked?.Evidence ?? RunEvidence.None) with { WaitedFor = run.WaitedFor },
    };
}
