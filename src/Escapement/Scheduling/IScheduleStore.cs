using Escapement.Audit;

namespace Escapement.Scheduling;

/// <summary>
/// Schedules as extensions and admins see and change them. Every change, its audit entry and its rate-limit token
/// are one durable transaction: after the answer they survive a power loss. Of a change that is refused the store writes the token alone.
/// </summary>
internal interface IScheduleStore
{
    /// <summary>All schedules of one install, oldest first.</summary>
    ValueTask<IReadOnlyList<Schedule>> ListAsync(InstallScope scope, CancellationToken cancellationToken = default);

    /// <summary>One schedule, or null when this install has none of that id.</summary>
    ValueTask<Schedule?> GetAsync(InstallScope scope, ScheduleId id, CancellationToken cancellationToken = default);

    /// <summary>
    /// What schedules are called and on which clocks they are due, by id: by their names, or their endpoints where they have none. Those that were deleted
    /// too, for as long as they are kept; others are left out.
    /// </summary>
    ValueTask<IReadOnlyDictionary<ScheduleId, ScheduleLabel>> NamesAsync(
        IReadOnlyCollection<(TenantId Tenant, ScheduleId Schedule)> schedules, CancellationToken cancellationToken = default);

    /// <summary>The id of the schedule that holds a name in this install, or null. Names compare ordinally.</summary>
    ValueTask<ScheduleId?> FindByNameAsync(InstallScope scope, string name, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds a schedule unless the quota, its name or the rate limit forbids it; checked inside the transaction, so they
    /// hold under concurrency and across nodes. While the install is disabled the schedule is stored without
    /// <see cref="Schedule.NextDueAt"/>.
    /// </summary>
    ValueTask<ScheduleChange> CreateAsync(Schedule schedule, ScheduleChangeLimits limits, AuditEntry audit, CancellationToken cancellationToken = default);

    /// <summary>
    /// Replaces what <paramref name="change"/> changes: name, endpoint, cron, zone, enabled, payload, policy and next
    /// occurrence; the other columns belong to the firing path. The function gets the row as it is inside the
    /// transaction, may be called more than once, and must have no side effects; it answers the changed schedule, or why not. The store
    /// raises <see cref="Schedule.Revision"/>.
    /// </summary>
    ValueTask<ScheduleChange> UpdateAsync(
        InstallScope scope,
        ScheduleId id,
        Func<Schedule, ScheduleChange> change,
        ScheduleChangeLimits limits,
        AuditEntry audit,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes a schedule, and keeps it apart if any are kept. A run under way finishes; a queued one is abandoned
    /// (<c>RunReason.ScheduleDeleted</c>); the ledger stays.
    /// </summary>
    ValueTask<ScheduleChange> DeleteAsync(
        InstallScope scope, ScheduleId id, ScheduleChangeLimits limits, AuditEntry audit, CancellationToken cancellationToken = default);

    /// <summary>Takes a rate-limit token for a change that was refused before the store was asked; answers why even that is too much, or null.</summary>
    ValueTask<ScheduleChange?> ChargeAsync(InstallScope scope, ScheduleChangeLimits limits, CancellationToken cancellationToken = default);
}

/// <summary>What a change must keep to, checked inside its transaction.</summary>
/// <param name="Now">The instant of the change.</param>
/// <param name="MaxSchedules">How many schedules one install may have.</param>
/// <param name="Rate">The install's bucket of changes.</param>
internal sealed record ScheduleChangeLimits(DateTimeOffset Now, int MaxSchedules, TokenBucket Rate)
{
    /// <summary>How many schedules that an extension deleted of an install are kept, the last ones; of what others deleted all; with 0 none.</summary>
    public int KeptDeleted { get; init; }

    /// <summary>
    /// Whether the change takes no token of the install's: what admins take back, what they do to many at once, and what they pause and skip.
    /// </summary>
    public bool IsFree { get; init; }

    /// <summary>Whether the row is as whoever changes it saw it; null when they did not say. Pure, and may be asked more than once.</summary>
    public Func<Schedule, bool>? Expected { get; init; }
}
