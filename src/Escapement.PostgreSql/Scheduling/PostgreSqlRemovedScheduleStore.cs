using Escapement.Audit;
using Escapement.PostgreSql.Audit;
using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Ledger;
using Escapement.PostgreSql.Listing;
using Escapement.PostgreSql.Tenancy;
using Escapement.Scheduling;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Scheduling;

/// <inheritdoc/>
internal sealed class PostgreSqlRemovedScheduleStore(Pool pool) : IRemovedScheduleStore
{
    public ValueTask<IReadOnlyList<RemovedSchedule>> ListAsync(InstallScope scope, DateTimeOffset since, CancellationToken cancellationToken) =>
        pool.ListAsync(
            BatchStatement.Of("list_removed_schedules")
                .Set("bucket", Bucket.Of(scope.Tenant))
                .Set("install", scope.Install.Value)
                .Set("with_install", false)
                .Set("tenant", scope.Tenant.Value)
                .Set("since", since),
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
        async (session, ct) =>
        {
            GateRow.Ask(session.Begin(), scope);
            session.Add(One(scope, id, since));
            ScheduleRow.AskRunning(session, scope);
            ChangeGate gate;
            Schedule? kept;
            await using (var rows = await session.OpenAsync(ct))
            {
                gate = await GateRow.ReadFreeAsync(rows, ct);
                await rows.NextAsync(ct);
                kept = await rows.FirstAsync(StoredSchedule.Read, ct);
                await rows.NextAsync(ct);
                var running = await ScheduleRow.ReadRunningAsync(rows, ct);
                kept = kept is null ? null : kept with { ActiveRun = running.GetValueOrDefault(id) };
            }

            if (ScheduleRules.Refusal(gate, kept, limits) is { } refused)
            {
                return await FinishAsync(session, audit, refused, ct);
            }

            var wanted = change(kept!);
            CreateSchedule.AskFound(session, wanted);
            FoundForCreate found;
            await using (var rows = await session.OpenAsync(ct))
            {
                found = await CreateSchedule.ReadFoundAsync(rows, ct);
            }

            var outcome = ScheduleRules.Create(gate, wanted, found, limits);
            if (outcome.Schedule is { } stored)
            {
                var bucket = Bucket.Of(scope.Tenant);
                StoredRemovedSchedule.Write(session.Sql("restore_schedule"), stored).Set("bucket", bucket);
                DefinitionRow.Add(session, bucket, id, ScheduleDefinitions.StateOf(stored, gate.InstallEnabled), limits.Now, audit.Actor.Id);
                ScheduleTextRow.Add(session, stored);
                session.Sql("delete_removed_schedule").Set("bucket", bucket).Set("id", id.Value);
            }

            return await FinishAsync(session, audit, outcome, ct);
        },
        cancellationToken);

    public ValueTask<ScheduleChange> PurgeAsync(
        InstallScope scope, ScheduleId id, DateTimeOffset since, AuditEntry audit, CancellationToken cancellationToken) => pool.WriteAsync(
        async (session, ct) =>
        {
            Schedule? kept;
            await using (var rows = await session.Begin().Add(One(scope, id, since)).OpenAsync(ct))
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

    private static BatchStatement One(InstallScope scope, ScheduleId id, DateTimeOffset since) => BatchStatement.Of("hold_removed_schedule")
        .Set("bucket", Bucket.Of(scope.Tenant))
        .Set("id", id.Value)
        .Set("install", scope.Install.Value)
        .Set("tenant", scope.Tenant.Value)
        .Set("with_install", false)
        .Set("since", since);

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
