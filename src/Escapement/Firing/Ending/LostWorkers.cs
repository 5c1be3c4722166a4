using Escapement.Runs;

namespace Escapement.Firing.Ending;

/// <summary>
/// The rule for runs whose worker process was lost. One that was alone there has failed. Those that shared it are tried again, each alone, so that after one
/// repeat it is known which of them brings workers down.
/// </summary>
internal static class LostWorkers
{
    /// <summary>Whether a run that was tried before runs alone from now on: once a worker was lost with it.</summary>
    public static bool RunsAlone(IReadOnlyList<EndedAttempt> earlier) => earlier.Any(a => a.Reason == RunReason.WorkerLost);

    /// <summary>The outcome of an attempt that was lost with its worker.</summary>
    /// <param name="outcome">The attempt as failed.</param>
    /// <param name="alone">Whether it is to blame: nothing else ran in the worker meanwhile, and the host did not end it for reasons of its own.</param>
    public static AttemptOutcome Settle(AttemptOutcome outcome, bool alone) =>
        alone ? outcome : outcome with { State = RunState.Queued, RetryAt = outcome.FinishedAt, SharedLostWorker = true };
}
