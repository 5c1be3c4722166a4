using Escapement.Audit;
using Escapement.Scheduling;
using Escapement.Sqlite.Audit;
using Escapement.Sqlite.Connections;

namespace Escapement.Sqlite.Scheduling;

/// <inheritdoc/>
internal sealed class SqliteScheduleStore(WriteQueue writer, ReadPool reader, TimeProvider time) : IScheduleStore
{
    public ValueTask<IReadOnlyList<Schedule>> ListAsync(InstallScope scope, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<Schedule>>(db => ScheduleRow.List(db, scope), cancellationToken);

    public ValueTask<Schedule?> GetAsync(InstallScope scope, ScheduleId id, CancellationToken cancellationToken) =>
        reader.ReadAsync(db => ScheduleRow.Find(db, scope, id), cancellationToken);

    public ValueTask<IReadOnlyDictionary<ScheduleId, ScheduleLabel>> NamesAsync(
        IReadOnlyCollection<(TenantId Tenant, ScheduleId Schedule)> schedules, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyDictionary<ScheduleId, ScheduleLabel>>(
            db =>
            {
                var names = new Dictionary<ScheduleId, ScheduleLabel>();
                foreach (var (tenant, schedule) in schedules)
                {
                    var found = db.Sql("name_schedules").Set("tenant", tenant.Value).Set("id", schedule.Value);
                    if (found.First(r => new ScheduleLabel(r.Text(0), r.Text(1))) is { } label)
                    {
                        names[schedule] = label;
                    }
                }

                return names;
            },
            cancellationToken);

    public ValueTask<ScheduleId?> FindByNameAsync(InstallScope scope, string name, CancellationToken cancellationToken) =>
        reader.ReadAsync(db => ScheduleRow.Holder(db, scope, name), cancellationToken);

    public ValueTask<ScheduleChange> CreateAsync(Schedule schedule, ScheduleChangeLimits limits, AuditEntry audit, CancellationToken cancellationToken) =>
        writer.WriteAsync(db => Audited(db, audit, CreateSchedule.Run(db, schedule, limits, audit.Actor.Id)), cancellationToken);

    public ValueTask<ScheduleChange> UpdateAsync(
        InstallScope scope,
        ScheduleId id,
        Func<Schedule, ScheduleChange> change,
        ScheduleChangeLimits limits,
        AuditEntry audit,
        CancellationToken cancellationToken) =>
        writer.WriteAsync(db => Audited(db, audit, UpdateSchedule.Run(db, scope, id, change, limits, audit.Actor.Id, time)), cancellationToken);

    public ValueTask<ScheduleChange> DeleteAsync(
        InstallScope scope, ScheduleId id, ScheduleChangeLimits limits, AuditEntry audit, CancellationToken cancellationToken) =>
        writer.WriteAsync(
            db =>
            {
                var outcome = DeleteSchedule.Run(db, scope, id, limits, audit.Actor, time);
                return Audited(db, audit.Saying(outcome.Detail), outcome);
            },
            cancellationToken);

    public ValueTask<ScheduleChange?> ChargeAsync(InstallScope scope, ScheduleChangeLimits limits, CancellationToken cancellationToken) =>
        writer.WriteAsync(db => GateRow.Pass(db, scope, limits).Refusal, cancellationToken);

    private static ScheduleChange Audited(Database database, AuditEntry audit, ScheduleChange outcome)
    {
        if (outcome.IsDone)
        {
            AuditRow.Append(database, audit.Telling(outcome.Changes));
        }

        return outcome;
    }
}
