using Escapement.Audit;
using Escapement.Scheduling;
using Escapement.Sqlite.Audit;
using Escapement.Sqlite.Connections;

namespace Escapement.Sqlite.Scheduling;

/// <inheritdoc/>
internal sealed class SqliteScheduleStore(WriteQueue writer, ReadPool reader) : IScheduleStore
{
    public ValueTask<IReadOnlyList<Schedule>> ListAsync(InstallScope scope, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<Schedule>>(db => ScheduleRow.List(db, scope), cancellationToken);

    public ValueTask<Schedule?> GetAsync(InstallScope scope, ScheduleId id, CancellationToken cancellationToken) =>
        reader.ReadAsync(db => ScheduleRow.Find(db, scope, id), cancellationToken);

    public ValueTask<ScheduleId?> FindByNameAsync(InstallScope scope, string name, CancellationToken cancellationToken) =>
        reader.ReadAsync(db => ScheduleRow.Holder(db, scope, name), cancellationToken);

    public ValueTask<ScheduleChangeOutcome> CreateAsync(Schedule schedule, ScheduleChangeLimits limits, AuditEntry audit, CancellationToken cancellationToken) =>
        writer.WriteAsync(db => Audited(db, audit, CreateSchedule.Run(db, schedule, limits)), cancellationToken);

    public ValueTask<ScheduleChangeOutcome> UpdateAsync(InstallScope scope, ScheduleId id, Func<Schedule, Schedule> change, ScheduleChangeLimits limits, AuditEntry audit, CancellationToken cancellationToken) =>
        writer.WriteAsync(db => Audited(db, audit, UpdateSchedule.Run(db, scope, id, change, limits)), cancellationToken);

    public ValueTask<ScheduleChangeOutcome> DeleteAsync(InstallScope scope, ScheduleId id, ScheduleChangeLimits limits, AuditEntry audit, CancellationToken cancellationToken) =>
        writer.WriteAsync(db => Audited(db, audit, DeleteSchedule.Run(db, scope, id, limits)), cancellationToken);

    private static ScheduleChangeOutcome Audited(Database database, AuditEntry audit, ScheduleChangeOutcome outcome)
    {
        var refusal = outcome switch
        {
            ScheduleChangeOutcome.Changed => null,
            ScheduleChangeOutcome.NotFound => "Schedule not found",
            ScheduleChangeOutcome.NameTaken => "Schedule name already in use",
            ScheduleChangeOutcome.QuotaExceeded => "Too many schedules",
            ScheduleChangeOutcome.RateLimited => "Rate limit exceeded",
            _ => "The install was removed",
        };
        AuditRow.Append(database, audit, refusal);
        return outcome;
    }
}
