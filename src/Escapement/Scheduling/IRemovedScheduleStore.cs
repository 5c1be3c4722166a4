using Escapement.Audit;

namespace Escapement.Scheduling;

/// <summary>
/// Schedules that were deleted by themselves, for as long as they can be restored; those of an install that was uninstalled come back with it
/// alone. Every change is one transaction with its audit entry, and takes no token of the install's.
/// </summary>
internal interface IRemovedScheduleStore
{
    /// <summary>An install's, the latest first.</summary>
    /// <param name="scope">The install.</param>
    /// <param name="since">Only what was deleted from this instant on.</param>
    /// <param name="behind">The place that the page begins behind.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<IReadOnlyList<RemovedSchedule>> ListAsync(
        InstallScope scope, DateTimeOffset since, RemovedScheduleCursor behind, int limit, CancellationToken cancellationToken = default);

    /// <summary>Brings a schedule back with its id, unless the quota, its name or its endpoint forbids it.</summary>
    /// <param name="scope">The install.</param>
    /// <param name="id">The schedule.</param>
    /// <param name="since">Only if it was deleted from this instant on.</param>
    /// <param name="change">What it comes back as; pure, and may be called more than once.</param>
    /// <param name="limits">What it must keep to.</param>
    /// <param name="audit">Who asked.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<ScheduleChange> RestoreAsync(
        InstallScope scope,
        ScheduleId id,
        DateTimeOffset since,
        Func<Schedule, Schedule> change,
        ScheduleChangeLimits limits,
        AuditEntry audit,
        CancellationToken cancellationToken = default);

    /// <summary>What <see cref="RestoreAsync"/> would come to now. Nothing is changed.</summary>
    ValueTask<ScheduleChange> PreviewRestoreAsync(
        InstallScope scope,
        ScheduleId id,
        DateTimeOffset since,
        Func<Schedule, Schedule> change,
        ScheduleChangeLimits limits,
        CancellationToken cancellationToken = default);

    /// <summary>Removes a schedule for good.</summary>
    ValueTask<ScheduleChange> PurgeAsync(
        InstallScope scope, ScheduleId id, DateTimeOffset since, AuditEntry audit, CancellationToken cancellationToken = default);
}
