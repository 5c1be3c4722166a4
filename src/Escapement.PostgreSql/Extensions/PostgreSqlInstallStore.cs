using Escapement.Audit;
using Escapement.Installs;
using Escapement.Noting;
using Escapement.PostgreSql.Audit;
using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Ledger;
using Escapement.PostgreSql.Listing;
using Escapement.PostgreSql.Pausing;
using Escapement.PostgreSql.Scheduling;
using Escapement.PostgreSql.Tenancy;
using Escapement.Runs;
using Escapement.Scheduling;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Extensions;

/// <inheritdoc/>
internal sealed class PostgreSqlInstallStore(Pool pool, TimeProvider time) : IInstallStore
{
    public ValueTask<InstallOutcome> AddAsync(Install install, AuditEntry audit, CancellationToken cancellationToken) => pool.WriteAsync(
        async (session, ct) =>
            await FinishAsync(session, audit, await AddedInstall.TryAsync(session.Begin(), install, ct) ?? InstallOutcome.Changed(before: null, install), ct),
        cancellationToken);

    public ValueTask<IReadOnlyList<Install>> ListOfExtensionAsync(string extensionId, string after, int limit, CancellationToken cancellationToken) =>
        pool.ListAsync(
            BatchStatement.Of("list_extension_installs").Set("extension", extensionId).Set("after", after).Set("limit", (long)limit),
            StoredInstall.Read,
            cancellationToken);

    public ValueTask<IReadOnlyList<Install>> ListAsync(TenantId tenant, CancellationToken cancellationToken) => pool.ListAsync(
        BatchStatement.Of("list_installs").Set("bucket", Bucket.Of(tenant)).Set("tenant", tenant.Value), StoredInstall.Read, cancellationToken);

    public ValueTask<Install?> GetAsync(InstallScope scope, CancellationToken cancellationToken) =>
        pool.FirstAsync(One("get_install", scope), StoredInstall.Read, cancellationToken);

    public ValueTask<Install?> FindAsync(TenantId tenant, string extensionId, CancellationToken cancellationToken) =>
        pool.FirstAsync(Of(tenant, extensionId), StoredInstall.Read, cancellationToken);

    public async ValueTask<IReadOnlyList<Install>> GetManyAsync(IReadOnlyCollection<InstallScope> scopes, CancellationToken cancellationToken)
    {
        var found = await pool.ListAsync(
            [
                .. scopes.GroupBy(s => Bucket.Of(s.Tenant)).Select(
                    some => BatchStatement.Of("get_installs").Set("bucket", some.Key).Set("ids", some.Select(s => s.Install.Value))),
            ],
            StoredInstall.Read,
            cancellationToken);
        var wanted = scopes as IReadOnlySet<InstallScope> ?? scopes.ToHashSet();
        return [.. found.Where(i => wanted.Contains(i.Scope))];
    }

    public ValueTask<IReadOnlySet<VersionId>> ListEnabledVersionsAsync(CancellationToken cancellationToken) => pool.ReadAsync<IReadOnlySet<VersionId>>(
        async (session, ct) =>
        {
            session.Sql("list_enabled_versions");
            await using var rows = await session.OpenAsync(ct);
            return (await rows.ListAsync(r => new VersionId(r.Id(0)), ct)).ToHashSet();
        },
        cancellationToken);

    public async ValueTask NoteUsesAsync(IReadOnlyList<Use<InstalledCapability>> uses, CancellationToken cancellationToken) => await pool.WriteAsync(
        async (session, ct) =>
        {
            session.Begin();
            foreach (var use in uses)
            {
                StoredInstall.WriteUse(session.Sql("note_capability_use").Set("bucket", Bucket.Of(use.Of.Scope.Tenant)), use);
            }

            return await session.Commit().RunAsync(ct);
        },
        cancellationToken);

    public ValueTask<IReadOnlyList<Use<InstalledCapability>>> ListUsesAsync(InstallScope scope, CancellationToken cancellationToken) => pool.ListAsync(
        BatchStatement.Of("list_capability_uses")
            .Set("bucket", Bucket.Of(scope.Tenant))
            .Set("install", scope.Install.Value)
            .Set("tenant", scope.Tenant.Value),
        row => StoredInstall.ReadUse(row, scope),
        cancellationToken);

    public ValueTask<InstallOutcome> SetEnabledAsync(
        InstallScope scope,
        bool enabled,
        DateTimeOffset now,
        Func<Schedule, Schedule> change,
        AuditEntry audit,
        Func<Install, bool>? expected,
        CancellationToken cancellationToken) => pool.WriteAsync(
        async (session, ct) =>
        {
            if (await HoldAsync(session.Begin(), scope, ct) is not { } current)
            {
                return await FinishAsync(session, audit, new InstallOutcome.NotFound(), ct);
            }

            if (expected?.Invoke(current) == false)
            {
                return await FinishAsync(session, audit, InstallOutcome.ChangedMeanwhile, ct);
            }

            if (current.Enabled == enabled)
            {
                return await FinishAsync(session, audit, InstallOutcome.Changed(current, current), ct);
            }

            var bucket = Bucket.Of(scope.Tenant);
            session.Sql("set_install_enabled").Set("enabled", enabled).Set("now", now).Set("bucket", bucket).Set("id", scope.Install.Value);
            if (!enabled)
            {
                foreach (var schedule in await GiveUpAsync(session, scope, RunReason.InstallDisabled, now, ct))
                {
                    StoredSchedule.WriteNext(session.Sql("set_next_due"), ScheduleRules.Close(change(schedule), schedule, now)).Set("bucket", bucket);
                }

                session.Sql("clear_next_due").Set("bucket", bucket).Set("install", scope.Install.Value);
                DefinitionRow.AddOfInstall(session, bucket, scope, DefinitionState.InstallDisabled, all: false, now, audit.Actor.Id);
            }
            else
            {
                foreach (var schedule in (await ScheduleRow.ListAsync(session, "lock_schedules", scope, ct)).Where(s => s.Enabled))
                {
                    var after = change(schedule);
                    StoredSchedule.WriteNext(session.Sql("set_next_due"), after).Set("bucket", bucket);
                    DefinitionRow.Add(session, bucket, schedule.Id, after.Policy.Spread, ScheduleDefinitions.Resumed(after), now, audit.Actor.Id);
                }
            }

            return await FinishAsync(session, audit, InstallOutcome.Changed(current, current with { Enabled = enabled, UpdatedAt = now }), ct);
        },
        cancellationToken);

    public ValueTask<InstallOutcome> ChangeAsync(
        InstallScope scope,
        VersionId? target,
        Func<Install, IReadOnlyList<EndpointUse>, InstallChange> decide,
        AuditEntry audit,
        CancellationToken cancellationToken) => pool.WriteAsync(
        async (session, ct) =>
        {
            var (outcome, detail) = await ChangeInstall.RunAsync(session.Begin(), scope, target, decide, ct);
            return await FinishAsync(session, audit.Saying(detail), outcome, ct);
        },
        cancellationToken);

    public ValueTask<InstallOutcome> RemoveAsync(
        InstallScope scope,
        DateTimeOffset now,
        bool keep,
        AuditEntry audit,
        Func<Install, bool>? expected,
        CancellationToken cancellationToken) => pool.WriteAsync(
        async (session, ct) =>
        {
            if (await HoldAsync(session.Begin(), scope, ct) is not { } current)
            {
                return await FinishAsync(session, audit, new InstallOutcome.NotFound(), ct);
            }

            if (expected?.Invoke(current) == false)
            {
                return await FinishAsync(session, audit, InstallOutcome.ChangedMeanwhile, ct);
            }

            // Queued runs are given up last: one that is queued while the schedules are waited for is among them.
            var bucket = Bucket.Of(scope.Tenant);
            var held = await GiveUpAsync(session, scope, RunReason.InstallRemoved, now, ct);
            if (keep)
            {
                Keep(session, scope, held, now, audit.Actor.Id);
                await ForgetSurplusAsync(session, scope.Tenant, ct);
            }
            else
            {
                InstallRemains.Delete(session, scope.Tenant, scope.Install.Value);
            }

            DefinitionRow.AddOfInstall(session, bucket, scope, DefinitionState.Uninstalled, all: true, now, audit.Actor.Id);
            ScheduleTextRow.RemoveAll(session, scope);
            session.Sql("delete_schedules").Set("bucket", bucket).Set("install", scope.Install.Value);
            session.Sql("abandon_queued_install")
                .Set("reason", (int)RunReason.InstallRemoved)
                .Set("now", now)
                .Set("bucket", bucket)
                .Set("tenant", scope.Tenant.Value)
                .Set("install", scope.Install.Value);
            session.Sql("remove_install").Set("bucket", bucket).Set("id", scope.Install.Value);
            var removed = InstallOutcome.Removed(current);
            return await FinishAsync(session, audit.Saying(removed.Detail), removed, ct);
        },
        cancellationToken);

    private static void Keep(Session session, InstallScope scope, List<Schedule> held, DateTimeOffset now, string by)
    {
        var bucket = Bucket.Of(scope.Tenant);
        foreach (var schedule in held)
        {
            StoredSchedule.WriteNext(session.Sql("set_next_due"), ScheduleRules.Close(schedule, schedule, now)).Set("bucket", bucket);
        }

        session.Sql("keep_removed_schedules")
            .Set("now", now)
            .Set("by", by)
            .Set("with_install", true)
            .Set("bucket", bucket)
            .Set("install", scope.Install.Value);
        session.Sql("keep_removed_install").Set("now", now).Set("by", by).Set("bucket", bucket).Set("id", scope.Install.Value);
    }

    private static async ValueTask ForgetSurplusAsync(Session session, TenantId tenant, CancellationToken cancellationToken)
    {
        var bucket = Bucket.Of(tenant);
        session.Sql("hold_surplus_installs")
            .Set("bucket", bucket)
            .Set("tenant", tenant.Value)
            .Set("most", (long)RemovedInstall.Most)
            .Set("most_bytes", (long)RemovedInstall.MostBytes)
            .Set("limit", (long)RemovedInstall.AtOnce);
        List<Guid> surplus;
        await using (var rows = await session.OpenAsync(cancellationToken))
        {
            surplus = await rows.ListAsync(row => row.Id(0), cancellationToken);
        }

        foreach (var id in surplus)
        {
            InstallRemains.Delete(session, tenant, id);
        }
    }

    private static BatchStatement One(string statement, InstallScope scope) => BatchStatement.Of(statement)
        .Set("bucket", Bucket.Of(scope.Tenant))
        .Set("id", scope.Install.Value)
        .Set("tenant", scope.Tenant.Value);

    private static BatchStatement Of(TenantId tenant, string extensionId) => BatchStatement.Of("find_install")
        .Set("bucket", Bucket.Of(tenant))
        .Set("tenant", tenant.Value)
        .Set("extension", extensionId);

    private static async ValueTask<Install?> HoldAsync(Session session, InstallScope scope, CancellationToken cancellationToken)
    {
        await using var rows = await session.Add(One("lock_install", scope)).OpenAsync(cancellationToken);
        return await rows.FirstAsync(StoredInstall.Read, cancellationToken);
    }

    // Holds all schedules of an install, and writes down what waited of them, what came due and what pauses kept; answers those.
    private async ValueTask<List<Schedule>> GiveUpAsync(
        Session session, InstallScope scope, RunReason why, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var bucket = Bucket.Of(scope.Tenant);
        session.Sql("hold_schedules").Set("bucket", bucket).Set("install", scope.Install.Value);
        session.Sql("list_held_schedules").Set("bucket", bucket).Set("install", scope.Install.Value).Set("now", now);
        PauseRows.Ask(session, scope);
        List<Schedule> held;
        IReadOnlyCollection<Pause> over;
        await using (var rows = await session.OpenAsync(cancellationToken))
        {
            await rows.NextAsync(cancellationToken);
            held = await rows.ListAsync(StoredSchedule.Read, cancellationToken);
            await rows.NextAsync(cancellationToken);
            over = await PauseRows.OverAsync(rows, scope, cancellationToken);
        }

        UnstartedRows.Add(session, bucket, [.. held.SelectMany(s => GivenUp.With(s, over, why, now, time))], now);
        return held;
    }

    // The last statements of a change travel with its audit entry and the commit.
    private static async ValueTask<InstallOutcome> FinishAsync(Session session, AuditEntry audit, InstallOutcome outcome, CancellationToken cancellationToken)
    {
        AuditRow.Append(session, audit.Refused(outcome.Refusal).Telling(outcome.Fields));
        await session.Commit().RunAsync(cancellationToken);
        return outcome;
    }
}
