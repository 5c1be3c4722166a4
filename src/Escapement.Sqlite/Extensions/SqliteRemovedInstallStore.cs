using Escapement.Audit;
using Escapement.Installs;
using Escapement.Scheduling;
using Escapement.Sqlite.Audit;
using Escapement.Sqlite.Connections;
using Escapement.Sqlite.Ledger;
using Escapement.Sqlite.Scheduling;
using Escapement.Sqlite.Listing;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Extensions;

/// <inheritdoc/>
internal sealed class SqliteRemovedInstallStore(WriteQueue writer, ReadPool reader) : IRemovedInstallStore
{
    public ValueTask<IReadOnlyList<RemovedInstall>> ListAsync(
        TenantId tenant, DateTimeOffset since, RemovedInstallCursor behind, int limit, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<RemovedInstall>>(
            db => db.Sql("list_removed_installs")
                .Set("tenant", tenant.Value)
                .Set("since", since)
                .Set("before", behind.RemovedAt)
                .Set("before_id", behind.Install.Value)
                .Set("limit", (long)limit)
                .List(StoredRemovedInstall.Read),
            cancellationToken);

    public ValueTask<RemovedInstall?> FindAsync(InstallScope scope, DateTimeOffset since, CancellationToken cancellationToken) => reader.ReadAsync(
        db => One(db, "find_removed_install", scope, since).First(StoredRemovedInstall.Read), cancellationToken);

    public ValueTask<InstallOutcome> RestoreAsync(
        InstallScope scope,
        DateTimeOffset since,
        Func<Install, IReadOnlyList<Schedule>, Result<IReadOnlyList<Schedule>>> change,
        AuditEntry audit,
        CancellationToken cancellationToken) =>
        writer.WriteAsync(db => Audited(db, audit, Restore(db, scope, since, change, audit)), cancellationToken);

    public ValueTask<InstallOutcome> PurgeAsync(InstallScope scope, DateTimeOffset since, AuditEntry audit, CancellationToken cancellationToken) =>
        writer.WriteAsync(db => Audited(db, audit, Purge(db, scope, since)), cancellationToken);

    private static InstallOutcome Restore(
        Database database,
        InstallScope scope,
        DateTimeOffset since,
        Func<Install, IReadOnlyList<Schedule>, Result<IReadOnlyList<Schedule>>> change,
        AuditEntry audit)
    {
        if (Find(database, scope, since) is not { } install)
        {
            return new InstallOutcome.NotFound();
        }

        if (InstallRow.Find(database, scope.Tenant, install.ExtensionId) is { } existing)
        {
            return new InstallOutcome.AlreadyInstalled(existing.Scope.Install);
        }

        if (InstallRow.IsWithdrawn(database, install.Version))
        {
            return new InstallOutcome.VersionWithdrawn();
        }

        var running = ScheduleRow.Running(database, scope);
        var kept = StoredRemovedSchedule.WriteList(database.Sql("list_removed_schedules"), scope, since).List(StoredSchedule.Read);
        var back = change(install, [.. kept.Select(s => s with { ActiveRun = running.GetValueOrDefault(s.Id) })]);
        if (!back.IsOk)
        {
            return new InstallOutcome.Refused(back.Problems);
        }

        StoredInstall.Write(database.Sql("add_install"), install).Run();
        foreach (var schedule in back.Value)
        {
            StoredRemovedSchedule.Write(database.Sql("restore_schedule"), schedule).Run();
            DefinitionRow.Add(
                database, schedule.Id, schedule.Policy.Spread, ScheduleDefinitions.StateOf(schedule, install.Enabled), audit.At, audit.Actor.Id);
            ScheduleTextRow.Add(database, schedule);
        }

        database.Sql("forget_removed_schedules").Set("install", scope.Install.Value).Run();
        database.Sql("delete_removed_install").Set("id", scope.Install.Value).Run();
        return InstallOutcome.Changed(before: null, install);
    }

    private static InstallOutcome Purge(Database database, InstallScope scope, DateTimeOffset since)
    {
        if (Find(database, scope, since) is not { } install)
        {
            return new InstallOutcome.NotFound();
        }

        InstallRemains.Delete(database, scope.Tenant, scope.Install.Value);
        return new InstallOutcome.Done(install, FieldChanges.None);
    }

    private static Install? Find(Database database, InstallScope scope, DateTimeOffset since) =>
        One(database, "hold_removed_install", scope, since).First(StoredInstall.Read);

    private static Statement One(Database database, string name, InstallScope scope, DateTimeOffset since) => database.Sql(name)
        .Set("id", scope.Install.Value)
        .Set("tenant", scope.Tenant.Value)
        .Set("since", since);

    private static InstallOutcome Audited(Database database, AuditEntry audit, InstallOutcome outcome)
    {
        AuditRow.Append(database, audit.Saying(outcome.Detail).Refused(outcome.Refusal).Telling(outcome.Fields));
        return outcome;
    }
}
