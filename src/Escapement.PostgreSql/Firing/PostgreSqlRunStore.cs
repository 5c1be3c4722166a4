using Escapement.Audit;
using Escapement.PostgreSql.Audit;
using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Pausing;
using Escapement.PostgreSql.Tenancy;
using Escapement.Runs;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Firing;

/// <inheritdoc/>
internal sealed class PostgreSqlRunStore(Pool pool) : IRunStore
{
    public ValueTask<RunPage> ListAsync(RunQuery query, CancellationToken cancellationToken) => pool.ReadAsync(
        async (session, ct) =>
        {
            var (name, bucket) = (StoredRunQuery.NameOf(query), Bucket.Of(query.Tenant));
            StoredRunQuery.Write(session.Sql(name), query).Set("bucket", bucket);
            List<Run> found;
            await using (var rows = await session.OpenAsync(ct))
            {
                found = await rows.ListAsync(StoredRun.Read, ct);
            }

            if (found.Count > query.Limit)
            {
                return RunPage.Of(found, lookedTo: null, query.Limit);
            }

            StoredRunQuery.WriteEnd(session.Sql($"{name}_end"), query).Set("bucket", bucket);
            await using var end = await session.OpenAsync(ct);
            return RunPage.Of(found, await end.FirstAsync(StoredRunQuery.ReadEnd, ct), query.Limit);
        },
        cancellationToken);

    public ValueTask<Run?> GetAsync(TenantId tenant, RunId id, CancellationToken cancellationToken) => pool.ReadAsync(
        async (session, ct) =>
        {
            session.Sql("get_run").Set("bucket", Bucket.Of(tenant)).Set("id", id.Value).Set("tenant", tenant.Value);
            await using var rows = await session.OpenAsync(ct);
            return await rows.FirstAsync(StoredRun.Read, ct);
        },
        cancellationToken);

    public ValueTask<RunNowOutcome> RunNowAsync(
        InstallScope scope,
        ScheduleId schedule,
        RunId id,
        DateTimeOffset now,
        string requestedBy,
        AuditEntry audit,
        CancellationToken cancellationToken) => pool.WriteAsync(
        async (session, ct) =>
        {
            var outcome = await RefusalAsync(session.Begin(), scope, schedule, now, ct)
                ?? await QueueAsync(session, scope, schedule, id, now, requestedBy, ct);
            AuditRow.Append(session, audit.Refused(outcome.Refusal));
            await session.Commit().RunAsync(ct);
            return outcome;
        },
        cancellationToken);

    private static async ValueTask<RunNowOutcome?> RefusalAsync(
        Session session, InstallScope scope, ScheduleId schedule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        session.Sql("run_now_select")
            .Set("bucket", Bucket.Of(scope.Tenant))
            .Set("id", schedule.Value)
            .Set("install", scope.Install.Value)
            .Set("tenant", scope.Tenant.Value);
        PauseRows.Ask(session, scope);
        await using var rows = await session.OpenAsync(cancellationToken);
        if (!await rows.ReadAsync(cancellationToken))
        {
            return new RunNowOutcome.NotFound();
        }

        if (rows.IdOrNull(0) is { } open)
        {
            return new RunNowOutcome.AlreadyRunning(new RunId(open));
        }

        if (!rows.Bool(1))
        {
            return new RunNowOutcome.InstallDisabled();
        }

        await rows.NextAsync(cancellationToken);
        return RunNowOutcome.Paused.By(await PauseRows.OverAsync(rows, scope, cancellationToken), now);
    }

    private static async ValueTask<RunNowOutcome> QueueAsync(
        Session session, InstallScope scope, ScheduleId schedule, RunId id, DateTimeOffset now, string requestedBy, CancellationToken cancellationToken)
    {
        var bucket = Bucket.Of(scope.Tenant);
        DateTimeOffset dueAt = BatchStatement.Cut(now);
        while (!await QueueAsync(session, bucket, scope, schedule, id, dueAt, now, requestedBy, cancellationToken))
        {
            dueAt = dueAt.AddMilliseconds(1);
        }

        session.Sql("run_now_point").Set("bucket", bucket).Set("run", id.Value).Set("id", schedule.Value);
        await session.RunAsync(cancellationToken);
        return new RunNowOutcome.Queued(new Run
        {
            Id = id,
            Scope = scope,
            Schedule = schedule,
            DueAt = dueAt,
            Trigger = RunTrigger.RunNow,
            State = RunState.Queued,
            AvailableAt = BatchStatement.Cut(now),
            CreatedAt = BatchStatement.Cut(now),
            RequestedBy = PgText.Clean(requestedBy),
        });
    }

    private static async ValueTask<bool> QueueAsync(
        Session session,
        short bucket,
        InstallScope scope,
        ScheduleId schedule,
        RunId id,
        DateTimeOffset dueAt,
        DateTimeOffset now,
        string requestedBy,
        CancellationToken cancellationToken)
    {
        session.Sql("run_now_insert")
            .Set("bucket", bucket)
            .Set("id", id.Value)
            .Set("tenant", scope.Tenant.Value)
            .Set("install", scope.Install.Value)
            .Set("schedule", schedule.Value)
            .Set("due_at", dueAt)
            .Set("now", now)
            .Set("requested_by", requestedBy);
        await using var rows = await session.OpenAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken);
    }
}
