using Escapement.Audit;
using Escapement.PostgreSql.Audit;
using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;
using Escapement.Scheduling;

namespace Escapement.PostgreSql.Scheduling;

/// <inheritdoc/>
internal sealed class PostgreSqlScheduleStore(Pool pool, TimeProvider time) : IScheduleStore
{
    public ValueTask<IReadOnlyList<Schedule>> ListAsync(InstallScope scope, CancellationToken cancellationToken) =>
        pool.ReadAsync<IReadOnlyList<Schedule>>(async (session, ct) => await ScheduleRow.ListAsync(session, "list_schedules", scope, ct), cancellationToken);

    public ValueTask<Schedule?> GetAsync(InstallScope scope, ScheduleId id, CancellationToken cancellationToken) =>
        pool.ReadAsync((session, ct) => ScheduleRow.FindAsync(session, "get_schedule", scope, id, ct), cancellationToken);

    public async ValueTask<IReadOnlyDictionary<ScheduleId, ScheduleLabel>> NamesAsync(
        IReadOnlyCollection<(TenantId Tenant, ScheduleId Schedule)> schedules, CancellationToken cancellationToken)
    {
        var names = new Dictionary<ScheduleId, ScheduleLabel>();
        foreach (var (schedule, name) in await pool.ListAsync(
            ByBucket.Of("name_schedules", schedules), r => (new ScheduleId(r.Id(0)), new ScheduleLabel(r.Text(1), r.Text(2))), cancellationToken))
        {
            names[schedule] = name;
        }

        return names;
    }

    public ValueTask<ScheduleId?> FindByNameAsync(InstallScope scope, string name, CancellationToken cancellationToken) =>
        pool.ReadAsync((session, ct) => ScheduleRow.HolderAsync(session, scope, name, ct), cancellationToken);

    public ValueTask<ScheduleChange> CreateAsync(Schedule schedule, ScheduleChangeLimits limits, AuditEntry audit, CancellationToken cancellationToken) =>
        ChangeAsync((session, ct) => CreateSchedule.RunAsync(session, schedule, limits, audit.Actor.Id, ct), audit, cancellationToken);

    public ValueTask<ScheduleChange> UpdateAsync(
        InstallScope scope,
        ScheduleId id,
        Func<Schedule, ScheduleChange> change,
        ScheduleChangeLimits limits,
        AuditEntry audit,
        CancellationToken cancellationToken) =>
        ChangeAsync((session, ct) => UpdateSchedule.RunAsync(session, scope, id, change, limits, audit.Actor.Id, time, ct), audit, cancellationToken);

    public ValueTask<ScheduleChange> DeleteAsync(
        InstallScope scope, ScheduleId id, ScheduleChangeLimits limits, AuditEntry audit, CancellationToken cancellationToken) =>
        ChangeAsync(
            (session, ct) => DeleteSchedule.RunAsync(session, scope, id, limits, audit.Actor, time, ct), audit, cancellationToken, saysWhat: true);

    public ValueTask<ScheduleChange?> ChargeAsync(InstallScope scope, ScheduleChangeLimits limits, CancellationToken cancellationToken) => pool.WriteAsync(
        async (session, ct) =>
        {
            GateRow.Ask(session.Begin(), scope);
            ChangeGate gate;
            await using (var rows = await session.OpenAsync(ct))
            {
                gate = await GateRow.ReadAsync(rows, limits, ct);
            }

            GateRow.Pay(session, gate, scope, limits.Now);
            await session.Commit().RunAsync(ct);
            return gate.Refusal;
        },
        cancellationToken);

    // The last statements of a change travel with its audit entry and the commit.
    private ValueTask<ScheduleChange> ChangeAsync(
        Func<Session, CancellationToken, ValueTask<ScheduleChange>> change,
        AuditEntry audit,
        CancellationToken cancellationToken,
        bool saysWhat = false) => pool.WriteAsync(
        async (session, ct) =>
        {
            var outcome = await change(session.Begin(), ct);
            if (outcome.IsDone)
            {
                AuditRow.Append(session, (saysWhat ? audit.Saying(outcome.Detail) : audit).Telling(outcome.Changes));
            }

            await session.Commit().RunAsync(ct);
            return outcome;
        },
        cancellationToken);
}
