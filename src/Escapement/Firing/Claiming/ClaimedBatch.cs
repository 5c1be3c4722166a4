namespace Escapement.Firing.Claiming;

/// <summary>What a claim came to.</summary>
/// <param name="Runs">The runs that are now this node's.</param>
/// <param name="Skipped">Occurrences recorded as skipped.</param>
/// <param name="Missed">Occurrences recorded as missed.</param>
/// <param name="PassedOver">Due schedules and queued runs left because their install or tenant is at its limit.</param>
/// <param name="More">Whether a limit of the request was reached, so that more may be due now.</param>
/// <param name="Unplannable">Schedules disabled because they cannot be planned.</param>
internal sealed record ClaimedBatch(IReadOnlyList<ClaimedRun> Runs, int Skipped, int Missed, int PassedOver, bool More, int Unplannable = 0);
