using Escapement.Audit;
using Escapement.Scheduling;

namespace Escapement.Events;

/// <summary>The store of schedules, which tells of every change that is done, whichever door it came in by.</summary>
internal sealed class ToldSchedules(IScheduleStore inner, EventFeed feed) : IScheduleStore
{
    public ValueTask<IReadOnlyList<Schedule>> ListAsync(InstallScope scope, CancellationToken cancellationToken) => inner.ListAsync(scope, cancellationToken);

    public ValueTask<Schedule?> GetAsync(InstallScope scope, ScheduleId id, CancellationToken cancellationToken) =>
        inner.GetAsync(scope, id, cancellationToken);

    public ValueTask<IReadOnlyDictionary<ScheduleId, ScheduleLabel>> NamesAsync(
        IReadOnlyCollection<(TenantId Tenant, ScheduleId Schedule)> schedules, CancellationToken cancellationToken) =>
        inner.NamesAsync(schedules, cancellationToken);

    public ValueTask<ScheduleId?> FindByNameAsync(InstallScope scope, string name, CancellationToken cancellationToken) =>
        inner.FindByNameAsync(scope, name, cancellationToken);

    public async ValueTask<ScheduleChange> CreateAsync(
        Schedule schedule, ScheduleChangeLimits limits, AuditEntry audit, CancellationToken cancellationToken) =>
        Tell(await inner.CreateAsync(schedule, limits, audit, cancellationToken), "created");

    public async ValueTask<ScheduleChange> UpdateAsync(
        InstallScope scope,
        ScheduleId id,
        Func<Schedule, ScheduleChange> change,
        ScheduleChangeLimits limits,
        AuditEntry audit,
        CancellationToken cancellationToken) =>
        Tell(await inner.UpdateAsync(scope, id, change, limits, audit, cancellationToken), "changed");

    public async ValueTask<ScheduleChange> DeleteAsync(
        InstallScope scope, ScheduleId id, ScheduleChangeLimits limits, AuditEntry audit, CancellationToken cancellationToken) =>
        Tell(await inner.DeleteAsync(scope, id, limits, audit, cancellationToken), "deleted");

    public ValueTask<ScheduleChange?> ChargeAsync(InstallScope scope, ScheduleChangeLimits limits, CancellationToken cancellationToken) =>
        inner.ChargeAsync(scope, limits, cancellationToken);

    private ScheduleChange Tell(ScheduleChange change, string what)
    {
        if (change.Schedule is { } schedule)
        {
            feed.Tell(new HostEvent(schedule.Scope.Tenant, EventKind.Schedule, what, schedule.Id.Value));
        }

        return change;
    }
}
