using Escapement.Audit;
using Escapement.Scheduling;

namespace Escapement.Events;

/// <summary>The store of what was deleted, which tells of what comes back.</summary>
internal sealed class ToldRemovedSchedules(IRemovedScheduleStore inner, EventFeed feed) : IRemovedScheduleStore
{
    public ValueTask<IReadOnlyList<RemovedSchedule>> ListAsync(
        InstallScope scope, DateTimeOffset since, RemovedScheduleCursor behind, int limit, CancellationToken cancellationToken) =>
        inner.ListAsync(scope, since, behind, limit, cancellationToken);

    public async ValueTask<ScheduleChange> RestoreAsync(
        InstallScope scope,
        ScheduleId id,
        DateTimeOffset since,
        Func<Schedule, Schedule> change,
        ScheduleChangeLimits limits,
        AuditEntry audit,
        CancellationToken cancellationToken)
    {
        var restored = await inner.RestoreAsync(scope, id, since, change, limits, audit, cancellationToken);
        if (restored.Schedule is { } schedule)
        {
            feed.Tell(new HostEvent(scope.Tenant, EventKind.Schedule, "restored", schedule.Id.Value));
        }

        return restored;
    }

    public ValueTask<ScheduleChange> PreviewRestoreAsync(
        InstallScope scope,
        ScheduleId id,
        DateTimeOffset since,
        Func<Schedule, Schedule> change,
        ScheduleChangeLimits limits,
        CancellationToken cancellationToken) => inner.PreviewRestoreAsync(scope, id, since, change, limits, cancellationToken);

    public ValueTask<ScheduleChange> PurgeAsync(
        InstallScope scope, ScheduleId id, DateTimeOffset since, AuditEntry audit, CancellationToken cancellationToken) =>
        inner.PurgeAsync(scope, id, since, audit, cancellationToken);
}
