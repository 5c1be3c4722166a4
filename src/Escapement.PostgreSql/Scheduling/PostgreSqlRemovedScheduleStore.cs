using Escapement.Audit;
using Escapement.PostgreSql.Audit;
using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;
using Escapement.Scheduling;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Scheduling;

/// <inheritdoc/>
internal sealed class PostgreSqlRemovedScheduleStore(Pool pool) : IRemovedScheduleStore
{
    public ValueTask<IReadOnlyList<RemovedSchedule>> ListAsync(
        InstallScope scope, DateTimeOffset since, RemovedScheduleCursor behind, int limit, CancellationToken cancellationToken) =>
        pool.ListAsync(
            StoredRemovedSchedule.WriteList(
                BatchStatement.Of("list_removed_schedules").Set("bucket", Bucket.Of(scope.Tenant)), scope, since, behind, limit),
            StoredRemovedSchedule.Read,
            cancellationToken);

    public ValueTask<ScheduleChange> RestoreAsync(
        InstallScope scope,
        ScheduleId id,
        DateTimeOffset since,
        Func<Schedule, Schedule> change,
        ScheduleChangeLimits limits,
        AuditEntry audit,
        CancellationToken cancellationToken) => pool.WriteAsync(
        async (session, ct) => await FinishAsync(
            session, audit, await RestoreSchedule.RunAsync(session.Begin(), scope, id, since, change, limits, audit.Actor.Id, ct), ct),
        cancellationToken);

    public ValueTask<ScheduleChange> PreviewRestoreAsync(
        InstallScope scope,
        ScheduleId id,
        DateTimeOffset since,
        Func<Schedule, Schedule> change,
        ScheduleChangeLimits limits,
        CancellationToken cancellationToken) => pool.ReadAsync(
        async (session, ct) => (await RestoreSchedule.LookAsync(session, scope, id, since, change, limits, ct)).Outcome, cancellationToken);

    public ValueTask<ScheduleChange> PurgeAsync(
        InstallScope scope, ScheduleId id, DateTimeOffset since, AuditEntry audit, CancellationToken cancellationToken) => pool.WriteAsync(
        async (session, ct) =>
        {
            Schedule? kept;
            await using (var rows = await session.Begin().Add(RestoreSchedule.One(scope, id, since)).OpenAsync(ct))
            {
                kept = await rows.FirstAsync(StoredSchedule.Read, ct);
            }

            if (kept is not null)
            {
                session.Sql("delete_removed_schedule").Set("bucket", Bucket.Of(scope.Tenant)).Set("id", id.Value);
            }

            return await FinishAsync(session, audit, kept is null ? ScheduleChange.NotFound : ScheduleChange.Done(kept), ct);
        },
        cancellationToken);

    private static async ValueTask<ScheduleChange> FinishAsync(
        Session session, AuditEntry audit, ScheduleChange outcome, CancellationToken cancellationToken)
    {
        if (outcome.IsDone)
        {
            AuditRow.Append(session, audit.Saying(outcome.Detail).Telling(outcome.Changes));
        }

        await session.Commit().RunAsync(cancellationToken);
        return outcome;
    }
}
