using System.Globalization;
using Escapement.Audit;
using Escapement.Runs;
using Escapement.Scheduling;

namespace Escapement.Firing.Ending;

/// <summary>
/// The rule for runs that the extension fails in a row: each counts, a success sets them back, and faults of host, node or store do neither. A run that
/// was lost with its worker process has failed if it was alone there; one that shared it says nothing of the extension. When there are as many as the
/// policy allows, the schedule is paused.
/// </summary>
/// <param name="Before">How many there were when the run was claimed. If the count is another by now, it was set back, and the run is of before.</param>
/// <param name="After">How many there are with it.</param>
/// <param name="Pause">The pause that follows; null for nearly every outcome.</param>
/// <param name="LastError">What the schedule says then.</param>
internal readonly record struct FailureCount(int Before, int After, Pause? Pause = null, string? LastError = null)
{
    private const int MaxError = 4_000;

    public static FailureCount Of(AttemptOutcome outcome, bool staysOpen)
    {
        var before = outcome.FailuresBefore;
        if (outcome.State == RunState.Succeeded)
        {
            return new FailureCount(before, 0);
        }

        if (staysOpen || outcome.IsGivenBack || !IsExtensions(outcome.Reason))
        {
            return new FailureCount(before, before);
        }

        var after = before + 1;
        if (outcome.PauseAfterFailures == 0 || after < outcome.PauseAfterFailures)
        {
            return new FailureCount(before, after);
        }

        var note = string.Create(CultureInfo.InvariantCulture, $"Paused after {after} failed {(after == 1 ? "run" : "runs")} in a row");
        var error = $"{note}. The last: {outcome.Error}";
        return new FailureCount(before, after, Pausing(outcome, note), error.Length > MaxError ? error[..MaxError] : error);
    }

    private static Pause Pausing(AttemptOutcome outcome, string note) => new()
    {
        Id = outcome.Lease.Id.Value,
        Layer = PauseLayer.Schedule,
        Since = outcome.FinishedAt,
        Cause = PauseCause.Failures,
        Note = note,
        By = Actor.Host.Id,
    };

    // Closed, so that a new reason has to be sorted here.
    private static bool IsExtensions(RunReason reason) => reason is RunReason.ErrorStatus
        or RunReason.Trap
        or RunReason.TimeOut
        or RunReason.ResponseTooLarge
        or RunReason.OutOfMemory
        or RunReason.TooManyHostCalls
        or RunReason.WorkerLost;
}
