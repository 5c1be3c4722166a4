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
            var name = StoredRunQuery.NameOf(query);
            StoredRunQuery.Write(Of(session, name, query), query);
            List<Run> found;
            await using (var rows = await session.OpenAsync(ct))
            {
                found = await rows.ListAsync(StoredRun.Read, ct);
            }

            if (found.Count > query.Limit || query.IsLookedAtWhole)
            {
                return RunPage.Of(found, lookedTo: null, query.Limit);
            }

            StoredRunQuery.WriteEnd(Of(session, $"{name}_end", query), query);
            await using var end = await session.OpenAsync(ct);
            return RunPage.Of(found, await end.FirstAsync(StoredRunQuery.ReadEnd, ct), query.Limit);
        },
        cancellationToken);

    public async ValueTask<IReadOnlyDictionary<ScheduleId, IReadOnlyList<RunBrief>>> ListLastAsync(
        IReadOnlyList<(TenantId Tenant, ScheduleId Schedule)> schedules, int each, CancellationToken cancellationToken)
    {
        var found = schedules.ToDictionary(s => s.Schedule, IReadOnlyList<RunBrief> (_) => []);
        var runs = await pool.ListAsync(
            [.. ByBucket.Of("list_last_runs", schedules).Select(s => s.Set("limit", (long)each))],
            r => (Schedule: new ScheduleId(r.Id(5)), Run: StoredRunQuery.ReadBrief(r)),
            cancellationToken);
        foreach (var of in runs.GroupBy(r => r.Schedule))
        {
            found[of.Key] = [.. of.Select(r => r.Run)];
        }

        return found;
    }

    public ValueTask<IReadOnlyList<Run>> ListOpenAsync(Guid before, int limit, CancellationToken cancellationToken) =>
        pool.ListAsync(BatchStatement.Of("list_open_runs").Set("before", before).Set("limit", (long)limit), StoredRun.Read, cancellationToken);

    public ValueTask<Run?> GetAsync(TenantId tenant, RunId id, CancellationToken cancellationToken) => pool.ReadAsync(
        async (session, ct) =>
        {
            session.Sql("get_run").Set("bucket", Bucket.Of(tenant)).Set("id", id.Value).Set("tenant", tenant.Value);
            await using var rows = await session.OpenAsync(ct);
            return await rows.FirstAsync(StoredRun.Read, ct);
        },
        cancellationToken);

    public ValueTask<IReadOnlyList<StartedOccurrence>> ListStartedAsync(
        TenantId? tenant, DateTimeOffset since, int looked, CancellationToken cancellationToken) => pool.ListAsync(
        (tenant is { } one
            ? BatchStatement.Of("list_started").Set("bucket", Bucket.Of(one)).Set("tenant", one.Value)
            : BatchStatement.Of("list_all_started").Set("first", Ids.FirstOf(since)))
            .Set("from", since).Set("looked", (long)looked),
        StoredRun.ReadStarted,
        cancellationToken);

    public async ValueTask<WaitingOccurrences> CountWaitingAsync(TenantId? tenant, DateTimeOffset now, int most, CancellationToken cancellationToken) =>
        (await pool.FirstAsync(
            (tenant is { } one
                ? BatchStatement.Of("count_waiting").Set("bucket", Bucket.Of(one)).Set("tenant", one.Value)
                : BatchStatement.Of("count_all_waiting"))
                .Set("now", now).Set("limit", (long)most),
            StoredRun.ReadWaiting,
            cancellationToken))!;

    public ValueTask<KeptPayload?> FindPayloadAsync(TenantId tenant, ScheduleId schedule, long revision, CancellationToken cancellationToken) =>
        pool.FirstAsync(
            BatchStatement.Of("find_payload")
                .Set("bucket", Bucket.Of(tenant))
                .Set("tenant", tenant.Value)
                .Set("schedule", schedule.Value)
                .Set("revision", revision),
            StoredRun.ReadPayload,
            cancellationToken);

    public ValueTask<RunNowOutcome> AskAsync(AskedRun run, AuditEntry audit, CancellationToken cancellationToken) => pool.WriteAsync(
        async (session, ct) =>
        {
            var outcome = await RefusalAsync(session.Begin(), run, ct) ?? await QueueAsync(session, run, ct);
            AuditRow.Append(session, audit.Refused(outcome.Refusal));
            await session.Commit().RunAsync(ct);
            return outcome;
        },
        cancellationToken);

    private static BatchStatement Of(Session session, string name, RunQuery query) =>
        query.Tenant is { } tenant ? session.Sql(name).Set("bucket", Bucket.Of(tenant)) : session.Sql(name);

    private static async ValueTask<RunNowOutcome?> RefusalAsync(Session session, AskedRun run, CancellationToken cancellationToken)
    {
        session.Sql("asked_select")
            .Set("bucket", Bucket.Of(run.Scope.Tenant))
            .Set("id", run.Schedule.Value)
            .Set("install", run.Scope.Install.Value)
            .Set("tenant", run.Scope.Tenant.Value);
        PauseRows.Ask(session, run.Scope);
        long payload;
        RunNowOutcome.Paused? paused;
        await using (var rows = await session.OpenAsync(cancellationToken))
        {
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

            payload = rows.Long(2);
            await rows.NextAsync(cancellationToken);
            paused = RunNowOutcome.Paused.By(await PauseRows.OverAsync(rows, run.Scope, cancellationToken), run.At);
        }

        return paused is not null ? paused
            : await KeepsPayloadAsync(session, run, payload, cancellationToken) ? null
            : new RunNowOutcome.PayloadGone();
    }

    // A payload that its schedule has no more stays for as long as the run does that is to have it.
    private static async ValueTask<bool> KeepsPayloadAsync(Session session, AskedRun run, long current, CancellationToken cancellationToken)
    {
        if (run.PayloadRevision is not { } wanted || wanted == current)
        {
            return true;
        }

        session.Sql("hold_payload")
            .Set("now", run.At)
            .Set("bucket", Bucket.Of(run.Scope.Tenant))
            .Set("schedule", run.Schedule.Value)
            .Set("revision", wanted);
        return await session.RunAsync(cancellationToken) > 0;
    }

    private static async ValueTask<RunNowOutcome> QueueAsync(Session session, AskedRun run, CancellationToken cancellationToken)
    {
        var asked = run with { At = BatchStatement.Cut(run.At) };
        var dueAt = asked.At;
        while (!await InsertAsync(session, asked, dueAt, cancellationToken))
        {
            dueAt = dueAt.AddMilliseconds(1);
        }

        session.Sql("asked_point").Set("bucket", Bucket.Of(run.Scope.Tenant)).Set("run", run.Id.Value).Set("id", run.Schedule.Value);
        await session.RunAsync(cancellationToken);
        return new RunNowOutcome.Queued(asked.Queued(dueAt));
    }

    private static async ValueTask<bool> InsertAsync(Session session, AskedRun run, DateTimeOffset dueAt, CancellationToken cancellationToken)
    {
        StoredRun.WriteAsked(session.Sql("asked_insert"), run)
            .Set("bucket", Bucket.Of(run.Scope.Tenant))
            .Set("trigger", (int)run.Trigger)
            .Set("due_at", dueAt);
        await using var rows = await session.OpenAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken);
    }
}
