using Escapement.Audit;
using Escapement.Scheduling;

namespace Escapement.Backfilling;

/// <summary>What backfills are decided by, and their place on the schedule.</summary>
internal interface IBackfillStore
{
    /// <summary>What a range of a schedule's past holds; null when the install has no such schedule.</summary>
    ValueTask<BackfillGround?> ReadAsync(InstallScope scope, ScheduleId schedule, BackfillRange range, CancellationToken cancellationToken = default);

    /// <summary>
    /// Changes a schedule's backfill, with its audit entry, in one transaction that holds the schedule. The function gets what the range holds
    /// there, or no definitions and runs where there is no range; it may be called more than once and has no side effects.
    /// </summary>
    ValueTask<BackfillOutcome> ChangeAsync(
        InstallScope scope,
        ScheduleId schedule,
        BackfillRange? range,
        Func<BackfillGround, BackfillChange> decide,
        AuditEntry audit,
        CancellationToken cancellationToken = default);
}

/// <summary>A change of a schedule's backfill.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="After">The schedule with what waits from now on; null when nothing changes.</param>
/// <param name="Detail">What the audit says of it.</param>
internal sealed record BackfillChange(BackfillOutcome Outcome, Schedule? After = null, string? Detail = null);
