using Escapement.Runs;

namespace Escapement.Firing.Claiming;

/// <summary>What a claim came to.</summary>
/// <param name="Runs">The runs that are now this node's.</param>
/// <param name="Skipped">Occurrences recorded as skipped.</param>
/// <param name="Missed">Occurrences recorded as missed.</param>
/// <param name="PassedOver">Due schedules and queued runs left because their install or tenant is at its limit.</param>
/// <param name="More">Whether a limit of the request was reached, so that more may be due now.</param>
/// <param name="Unplannable">Schedules disabled because they cannot be planned.</param>
internal sealed record ClaimedBatch(IReadOnlyList<ClaimedRun> Runs, int Skipped, int Missed, int PassedOver, bool More, int Unplannable = 0)
{
    /// <summary>What it wrote of occurrences that do not start.</summary>
    public IReadOnlyList<UnstartedOccurrence> NotStarted { get; init; } = [];

    /// <summary>Schedules that it changed otherwise than by moving them on.</summary>
    public IReadOnlyList<ChangedByClaim> Changed { get; init; } = [];
}

/// <summary>A schedule that a claim changed.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Schedule">Which.</param>
/// <param name="IsResumed">Whether its own pause is over; else it was disabled, because it cannot be planned.</param>
internal readonly record struct ChangedByClaim(TenantId Tenant, ScheduleId Schedule, bool IsResumed);
