using Escapement.Audit;
using Escapement.Scheduling;
using Escapement.Sqlite.Audit;
using Escapement.Sqlite.Connections;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Scheduling;

/// <inheritdoc/>
internal sealed class SqliteRemovedScheduleStore(WriteQueue writer, ReadPool reader) : IRemovedScheduleStore
{
    public ValueTask<IReadOnlyList<RemovedSchedule>> ListAsync(
        InstallScope scope, DateTimeOffset since, RemovedScheduleCursor behind, int limit, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<RemovedSchedule>>(
            db => StoredRemovedSchedule.WriteList(db.Sql("list_removed_schedules"), scope, since, behind, limit).List(StoredRemovedSchedule.Read),
            cancellationToken);

    public ValueTask<ScheduleChange> RestoreAsync(
        InstallScope scope,
        ScheduleId id,
        DateTimeOffset since,
        Func<Schedule, Schedule> change,
        ScheduleChangeLimits limits,
        AuditEntry audit,
        CancellationToken cancellationToken) =>
        writer.WriteAsync(db => Audited(db, audit, RestoreSchedule.Run(db, scope, id, since, change, limits, audit.Actor.Id)), cancellationToken);

    public ValueTask<ScheduleChange> PreviewRestoreAsync(
        InstallScope scope,
        ScheduleId id,
        DateTimeOffset since,
        Func<Schedule, Schedule> change,
        ScheduleChangeLimits limits,
        CancellationToken cancellationToken) =>
        reader.ReadAsync(db => RestoreSchedule.Look(db, scope, id, since, change, limits).Outcome, cancellationToken);

    public ValueTask<ScheduleChange> PurgeAsync(
        InstallScope scope, ScheduleId id, DateTimeOffset since, AuditEntry audit, CancellationToken cancellationToken) =>
        writer.WriteAsync(db => Audited(db, audit, Purge(db, scope, id, since)), cancellationToken);

    private static ScheduleChange Purge(Database database, InstallScope scope, ScheduleId id, DateTimeOffset since)
    {
        if (RestoreSchedule.Find(database, scope, id, since) is not { } kept)
        {
            return ScheduleChange.NotFound;
        }

        database.Sql("delete_removed_schedule").Set("id", id.Value).Run();
        return ScheduleChange.Done(kept);
    }

    private static ScheduleChange Audited(Database database, AuditEntry audit, ScheduleChange outcome)
    {
        if (outcome.IsDone)
        {
            AuditRow.Append(database, audit.Saying(outcome.Detail).Telling(outcome.Changes));
        }

        return outcome;
    }
}
