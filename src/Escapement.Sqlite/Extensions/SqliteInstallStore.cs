using Escapement.Audit;
using Escapement.Installs;
using Escapement.Noting;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.Sqlite.Audit;
using Escapement.Sqlite.Connections;
using Escapement.Sqlite.Ledger;
using Escapement.Sqlite.Listing;
using Escapement.Sqlite.Pausing;
using Escapement.Sqlite.Scheduling;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Extensions;

/// <inheritdoc/>
internal sealed class SqliteInstallStore(WriteQueue writer, ReadPool reader, TimeProvider time) : IInstallStore
{
    private static readonly InstallOutcome.NotFound NotFound = new();

    public ValueTask<InstallOutcome> AddAsync(Install install, AuditEntry audit, CancellationToken cancellationToken) =>
        writer.WriteAsync(db => Audited(db, audit, Add(db, install)), cancellationToken);

    public ValueTask<IReadOnlyList<Install>> ListOfExtensionAsync(string extensionId, string after, int limit, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<Install>>(
            db => db.Sql("list_extension_installs").Set("extension", extensionId).Set("after", after).Set("limit", (long)limit).List(StoredInstall.Read),
            cancellationToken);

    public ValueTask<IReadOnlyList<Install>> ListAsync(TenantId tenant, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<Install>>(
            db => db.Sql("list_installs").Set("tenant", tenant.Value).List(StoredInstall.Read), cancellationToken);

    public ValueTask<Install?> GetAsync(InstallScope scope, CancellationToken cancellationToken) =>
        reader.ReadAsync(db => InstallRow.Find(db, scope), cancellationToken);

    public ValueTask<Install?> FindAsync(TenantId tenant, string extensionId, CancellationToken cancellationToken) =>
        reader.ReadAsync(db => InstallRow.Find(db, tenant, extensionId), cancellationToken);

    public ValueTask<IReadOnlyList<Install>> GetManyAsync(IReadOnlyCollection<InstallScope> scopes, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<Install>>(
            db =>
            {
                var list = new List<Install>(scopes.Count);
                foreach (var scope in scopes)
                {
                    if (InstallRow.Find(db, scope) is { } install)
                    {
                        list.Add(install);
                    }
                }

                return list;
            },
            cancellationToken);

    public ValueTask<IReadOnlySet<VersionId>> ListEnabledVersionsAsync(CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlySet<VersionId>>(
            db => db.Sql("list_enabled_versions").List(rows => new VersionId(rows.Id(0))).ToHashSet(), cancellationToken);

    public async ValueTask NoteUsesAsync(IReadOnlyList<Use<InstalledCapability>> uses, CancellationToken cancellationToken) => await writer.WriteAsync(
        db =>
        {
            foreach (var use in uses)
            {
                StoredInstall.WriteUse(db.Sql("note_capability_use"), use).Run();
            }

            return uses.Count;
        },
        cancellationToken);

    public ValueTask<IReadOnlyList<Use<InstalledCapability>>> ListUsesAsync(InstallScope scope, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<Use<InstalledCapability>>>(
            db => db.Sql("list_capability_uses").Set("install", scope.Install.Value).Set("tenant", scope.Tenant.Value)
                .List(row => StoredInstall.ReadUse(row, scope)),
            cancellationToken);

    public ValueTask<InstallOutcome> SetEnabledAsync(
        InstallScope scope,
        bool enabled,
        DateTimeOffset now,
        Func<Schedule, Schedule> change,
        AuditEntry audit,
        Func<Install, bool>? expected,
        CancellationToken cancellationToken) => writer.WriteAsync(
        db => Audited(
            db, audit, IsOther(db, scope, expected) ? InstallOutcome.ChangedMeanwhile : SetEnabled(db, scope, enabled, now, change, audit.Actor.Id)),
        cancellationToken);

    public ValueTask<InstallOutcome> ChangeAsync(
        InstallScope scope,
        VersionId? target,
        Func<Install, IReadOnlyList<EndpointUse>, InstallChange> decide,
        AuditEntry audit,
        CancellationToken cancellationToken) =>
        writer.WriteAsync(
            db =>
            {
                var outcome = ChangeInstall.Run(db, scope, target, decide, out var detail);
                return Audited(db, audit.Saying(detail), outcome);
            },
            cancellationToken);

    public ValueTask<InstallOutcome> RemoveAsync(
        InstallScope scope, DateTimeOffset now, bool keep, AuditEntry audit, Func<Install, bool>? expected, CancellationToken cancellationToken) =>
        writer.WriteAsync(
            db =>
            {
                var outcome = IsOther(db, scope, expected) ? InstallOutcome.ChangedMeanwhile : Remove(db, scope, now, keep, audit.Actor.Id);
                return Audited(db, audit.Saying(outcome.Detail), outcome);
            },
            cancellationToken);

    private static InstallOutcome Add(Database database, Install install)
    {
        if (InstallRow.Find(database, install.Scope.Tenant, install.ExtensionId) is { } existing)
        {
            return new InstallOutcome.AlreadyInstalled(existing.Scope.Install);
        }

        if (InstallRow.IsWithdrawn(database, install.Version))
        {
            return new InstallOutcome.VersionWithdrawn();
        }

        StoredInstall.Write(database.Sql("add_install"), install).Run();
        return InstallOutcome.Changed(before: null, install);
    }

    // Whether there is one that is not as its caller saw it.
    private static bool IsOther(Database database, InstallScope scope, Func<Install, bool>? expected) =>
        expected is not null && InstallRow.Find(database, scope) is { } current && !expected(current);

    private InstallOutcome SetEnabled(
        Database database, InstallScope scope, bool enabled, DateTimeOffset now, Func<Schedule, Schedule> change, string by)
    {
        if (InstallRow.Find(database, scope) is not { } current)
        {
            return NotFound;
        }

        if (current.Enabled == enabled)
        {
            return InstallOutcome.Changed(current, current);
        }

        database.Sql("set_install_enabled").Set("enabled", enabled).Set("now", now).Set("id", scope.Install.Value).Run();
        if (!enabled)
        {
            foreach (var schedule in GiveUp(database, scope, RunReason.InstallDisabled, now))
            {
                StoredSchedule.WriteNext(database.Sql("set_next_due"), ScheduleRules.Close(change(schedule), schedule, now)).Run();
            }

            database.Sql("clear_next_due").Set("install", scope.Install.Value).Run();
            DefinitionRow.AddOfInstall(database, scope, DefinitionState.InstallDisabled, all: false, now, by);
        }
        else
        {
            foreach (var schedule in ScheduleRow.List(database, scope).Where(s => s.Enabled))
            {
                var after = change(schedule);
                StoredSchedule.WriteNext(database.Sql("set_next_due"), after).Run();
                DefinitionRow.Add(database, schedule.Id, after.Policy.Spread, ScheduleDefinitions.Resumed(after), now, by);
            }
        }

        return InstallOutcome.Changed(current, current with { Enabled = enabled, UpdatedAt = now });
    }

    private InstallOutcome Remove(Database database, InstallScope scope, DateTimeOffset now, bool keep, string by)
    {
        if (InstallRow.Find(database, scope) is not { } current)
        {
            return NotFound;
        }

        database.Sql("abandon_queued_install")
            .Set("reason", (long)RunReason.InstallRemoved)
            .Set("now", now)
            .Set("install", scope.Install.Value)
            .Run();
        var held = GiveUp(database, scope, RunReason.InstallRemoved, now);
        if (keep)
        {
            Keep(database, scope, held, now, by);
        }
        else
        {
            InstallRemains.Delete(database, scope.Tenant, scope.Install.Value);
        }

        DefinitionRow.AddOfInstall(database, scope, DefinitionState.Uninstalled, all: true, now, by);
        ScheduleTextRow.RemoveAll(database, scope.Install, ScheduleRow.List(database, scope).Select(s => s.Id));
        database.Sql("delete_schedules").Set("install", scope.Install.Value).Run();
        database.Sql("remove_install").Set("id", scope.Install.Value).Run();
        return InstallOutcome.Removed(current);
    }

    private static void Keep(Database database, InstallScope scope, List<Schedule> held, DateTimeOffset now, string by)
    {
        foreach (var schedule in held)
        {
            StoredSchedule.WriteNext(database.Sql("set_next_due"), ScheduleRules.Close(schedule, schedule, now)).Run();
        }

        database.Sql("keep_removed_schedules").Set("now", now).Set("by", by).Set("with_install", true).Set("install", scope.Install.Value).Run();
        database.Sql("keep_removed_install").Set("now", now).Set("by", by).Set("id", scope.Install.Value).Run();
        foreach (var surplus in database.Sql("hold_surplus_installs")
            .Set("tenant", scope.Tenant.Value)
            .Set("most", (long)RemovedInstall.Most)
            .Set("most_bytes", (long)RemovedInstall.MostBytes)
            .Set("limit", (long)RemovedInstall.AtOnce)
            .List(row => row.Id(0)))
        {
            InstallRemains.Delete(database, scope.Tenant, surplus);
        }
    }

    // Writes down what waited of an install's schedules, what came due and what pauses kept; answers them.
    private List<Schedule> GiveUp(Database database, InstallScope scope, RunReason why, DateTimeOffset now)
    {
        var held = database.Sql("list_held_schedules").Set("install", scope.Install.Value).Set("now", now).List(StoredSchedule.Read);
        var over = PauseRows.Over(database, scope);
        foreach (var schedule in held)
        {
            UnstartedRows.Add(database, GivenUp.With(schedule, over, why, now, time), now);
        }

        return held;
    }

    private static InstallOutcome Audited(Database database, AuditEntry audit, InstallOutcome outcome)
    {
        AuditRow.Append(database, audit.Refused(outcome.Refusal).Telling(outcome.Fields));
        return outcome;
    }
}
