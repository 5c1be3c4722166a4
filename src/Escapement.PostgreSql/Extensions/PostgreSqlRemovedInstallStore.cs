using Escapement.Audit;
using Escapement.Installs;
using Escapement.PostgreSql.Audit;
using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Ledger;
using Escapement.PostgreSql.Scheduling;
using Escapement.PostgreSql.Listing;
using Escapement.PostgreSql.Tenancy;
using Escapement.Scheduling;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Extensions;

/// <inheritdoc/>
internal sealed class PostgreSqlRemovedInstallStore(Pool pool) : IRemovedInstallStore
{
    public ValueTask<IReadOnlyList<RemovedInstall>> ListAsync(
        TenantId tenant, DateTimeOffset since, RemovedInstallCursor behind, int limit, CancellationToken cancellationToken) =>
        pool.ListAsync(
            BatchStatement.Of("list_removed_installs")
                .Set("bucket", Bucket.Of(tenant))
                .Set("tenant", tenant.Value)
                .Set("since", since)
                .Set("before", behind.RemovedAt)
                .Set("before_id", behind.Install.Value)
                .Set("limit", (long)limit),
            StoredRemovedInstall.Read,
            cancellationToken);

    public ValueTask<RemovedInstall?> FindAsync(InstallScope scope, DateTimeOffset since, CancellationToken cancellationToken) =>
        pool.FirstAsync(One("find_removed_install", scope, since), StoredRemovedInstall.Read, cancellationToken);

    public ValueTask<InstallOutcome> RestoreAsync(
        InstallScope scope,
        DateTimeOffset since,
        Func<Install, IReadOnlyList<Schedule>, Result<IReadOnlyList<Schedule>>> change,
        AuditEntry audit,
        CancellationToken cancellationToken) => pool.WriteAsync<InstallOutcome>(
        async (session, ct) =>
        {
            var (install, kept) = await HoldAsync(session.Begin(), scope, since, ct);
            if (install is null)
            {
                return await FinishAsync(session, audit, new InstallOutcome.NotFound(), ct);
            }

            var back = change(install, kept);
            if (!back.IsOk)
            {
                return await FinishAsync(session, audit, new InstallOutcome.Refused(back.Problems), ct);
            }

            var bucket = Bucket.Of(scope.Tenant);
            if (await AddedInstall.TryAsync(session, install, ct) is { } refused)
            {
                return await FinishAsync(session, audit, refused, ct);
            }

            foreach (var schedule in back.Value)
            {
                StoredRemovedSchedule.Write(session.Sql("restore_schedule"), schedule).Set("bucket", bucket);
                var state = ScheduleDefinitions.StateOf(schedule, install.Enabled);
                DefinitionRow.Add(session, bucket, schedule.Id, schedule.Policy.Spread, state, audit.At, audit.Actor.Id);
                ScheduleTextRow.Add(session, schedule);
            }

            session.Sql("forget_removed_schedules").Set("bucket", bucket).Set("install", scope.Install.Value);
            session.Sql("delete_removed_install").Set("bucket", bucket).Set("id", scope.Install.Value);
            return await FinishAsync(session, audit, InstallOutcome.Changed(before: null, install), ct);
        },
        cancellationToken);

    public ValueTask<InstallOutcome> PurgeAsync(
        InstallScope scope, DateTimeOffset since, AuditEntry audit, CancellationToken cancellationToken) => pool.WriteAsync<InstallOutcome>(
        async (session, ct) =>
        {
            Install? install;
            await using (var rows = await session.Begin().Add(One("hold_removed_install", scope, since)).OpenAsync(ct))
            {
                install = await rows.FirstAsync(StoredInstall.Read, ct);
            }

            if (install is null)
            {
                return await FinishAsync(session, audit, new InstallOutcome.NotFound(), ct);
            }

            InstallRemains.Delete(session, scope.Tenant, scope.Install.Value);
            return await FinishAsync(session, audit, new InstallOutcome.Done(install, FieldChanges.None), ct);
        },
        cancellationToken);

    // The schedules come with their runs that are still under way.
    private static async ValueTask<(Install? Install, List<Schedule> Schedules)> HoldAsync(
        Session session, InstallScope scope, DateTimeOffset since, CancellationToken cancellationToken)
    {
        session.Add(One("hold_removed_install", scope, since));
        StoredRemovedSchedule.WriteList(session.Sql("list_removed_schedules").Set("bucket", Bucket.Of(scope.Tenant)), scope, since);
        ScheduleRow.AskRunning(session, scope);
        await using var rows = await session.OpenAsync(cancellationToken);
        var install = await rows.FirstAsync(StoredInstall.Read, cancellationToken);
        await rows.NextAsync(cancellationToken);
        var kept = await rows.ListAsync(StoredSchedule.Read, cancellationToken);
        await rows.NextAsync(cancellationToken);
        var running = await ScheduleRow.ReadRunningAsync(rows, cancellationToken);
        return (install, [.. kept.Select(s => s with { ActiveRun = running.GetValueOrDefault(s.Id) })]);
    }

    private static BatchStatement One(string statement, InstallScope scope, DateTimeOffset since) => BatchStatement.Of(statement)
        .Set("bucket", Bucket.Of(scope.Tenant))
        .Set("id", scope.Install.Value)
        .Set("tenant", scope.Tenant.Value)
        .Set("since", since);

    private static async ValueTask<InstallOutcome> FinishAsync(Session session, AuditEntry audit, InstallOutcome outcome, CancellationToken cancellationToken)
    {
        AuditRow.Append(session, audit.Saying(outcome.Detail).Refused(outcome.Refusal).Telling(outcome.Fields));
        await session.Commit().RunAsync(cancellationToken);
        return outcome;
    }
}
