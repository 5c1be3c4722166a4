using System.Text;
using Escapement.Firing.Claiming;
using Escapement.Firing.Ending;
using Escapement.Runs;
using Escapement.Sandbox;

namespace Escapement.Firing;

/// <summary>
/// Stage 5: turns whatever came back into one closed outcome. A status below 400 is a success; anything else, the unknown
/// included, is not.
/// </summary>
internal sealed class ClassifyStage(TimeProvider time)
{
    private const int MaxError = 4_000;
    private const int MaxQuotedBody = 1_000;

    /// <summary>The outcome of an attempt that ran a version.</summary>
    public AttemptOutcome Run(ClaimedRun run, VersionId version, Invoked invoked) => Classify(run, invoked) with { Version = version };

    private AttemptOutcome Classify(ClaimedRun run, Invoked invoked) => invoked.Result switch
    {
        InvocationResult.Responded { Response.Status: < 400 } ok => Ended(run, invoked, RunState.Succeeded, RunReason.None, ok.Response.Status, error: null),
        InvocationResult.Responded bad => Failed(run, invoked, RunReason.ErrorStatus, bad.Response.Status, Describe(bad.Response)),
        InvocationResult.Failed failed => Failed(run, invoked, failed.Reason, status: null, failed.Message),
        InvocationResult.Cancelled => GivenBack(run, invoked),
        _ => Failed(run, invoked, RunReason.HostError, status: null, "The sandbox answered with a result that the engine does not know"),
    };

    /// <summary>For a fault of the host's own; it is recorded and retried like any other failure.</summary>
    public AttemptOutcome HostFailed(ClaimedRun run, DateTimeOffset startedAt, Exception e) => Failed(
        run,
        new Invoked(new InvocationResult.Failed(RunReason.HostError, e.Message), startedAt, TimeSpan.Zero, RunEvidence.None),
        RunReason.HostError,
        status: null,
        $"The host failed while it ran the extension: {e.GetType().Name}: {e.Message}");

    private static string Describe(HandlerResponse response)
    {
        var text = response.Body is { Length: > 0 } body ? Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, MaxQuotedBody)]) : "";
        return text.Length == 0 ? $"The endpoint answered with status {response.Status}" : $"The endpoint answered with status {response.Status}: {text}";
    }

    private AttemptOutcome Failed(ClaimedRun run, Invoked invoked, RunReason reason, int? status, string error)
    {
        // What was lost with a node or given back by one is no failure of the extension: it uses up none of the policy's attempts.
        var ownAttempt = run.Attempt - run.LostAttempts - run.StoppedAttempts;
        if (ownAttempt >= run.Policy.Retry.MaxAttempts)
        {
            return Ended(run, invoked, RunState.Failed, reason, status, error);
        }

        var ended = Ended(run, invoked, RunState.Queued, reason, status, error);
        return ended with { RetryAt = ended.FinishedAt + run.Policy.Retry.DelayAfter(ownAttempt, Random.Shared.NextDouble()) };
    }

    /// <summary>For a run that this node gives back before it reached the sandbox.</summary>
    public AttemptOutcome NotStarted(ClaimedRun run)
    {
        var ended = Ended(
            run,
            new Invoked(new InvocationResult.Cancelled(), time.GetUtcNow(), TimeSpan.Zero, RunEvidence.None),
            RunState.Queued,
            RunReason.NodeStopped,
            status: null,
            "The node was stopped before the extension was called");
        return ended with { StartedAt = null, RetryAt = ended.FinishedAt };
    }

    // This node stops. What the extension did is not known, so the next attempt has the next number; but nothing went wrong with
    // it, so that a deployment after another never uses the run up.
    private AttemptOutcome GivenBack(ClaimedRun run, Invoked invoked)
    {
        var ended = Ended(run, invoked, RunState.Queued, RunReason.NodeStopped, status: null, "The node was stopped before the extension answered");
        return ended with { RetryAt = ended.FinishedAt };
    }

    private AttemptOutcome Ended(ClaimedRun run, Invoked invoked, RunState state, RunReason reason, int? status, string? error) => new()
    {
        Lease = run.Lease,
        Attempt = run.Attempt,
        State = state,
        Reason = reason,
        StartedAt = invoked.StartedAt,
        FinishedAt = time.GetUtcNow(),
        StatusCode = status,
        Error = error?.Length > MaxError ? error[..MaxError] : error,
        Evidence = invoked.Evidence,
    };
}
