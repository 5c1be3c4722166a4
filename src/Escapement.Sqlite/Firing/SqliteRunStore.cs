using Escapement.Audit;
using Escapement.Runs;
using Escapement.Sqlite.Audit;
using Escapement.Sqlite.Connections;
using Escapement.Sqlite.Pausing;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Firing;

/// <inheritdoc/>
internal sealed class SqliteRunStore(WriteQueue writer, ReadPool reader) : IRunStore
{
    public ValueTask<RunPage> ListAsync(RunQuery query, CancellationToken cancellationToken) =>
        reader.ReadAsync(db => List(db, query), cancellationToken);

    public ValueTask<IReadOnlyDictionary<ScheduleId, IReadOnlyList<RunBrief>>> ListLastAsync(
        IReadOnlyList<(TenantId Tenant, ScheduleId Schedule)> schedules, int each, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyDictionary<ScheduleId, IReadOnlyList<RunBrief>>>(
            db => schedules.ToDictionary(
                s => s.Schedule,
                IReadOnlyList<RunBrief> (s) =>
                    db.Sql("list_last_runs")
                        .Set("tenant", s.Tenant.Value)
                        .Set("schedule", s.Schedule.Value)
                        .Set("limit", (long)each)
                        .List(StoredRunQuery.ReadBrief)),
            cancellationToken);

    public ValueTask<IReadOnlyList<Run>> ListOpenAsync(Guid before, int limit, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<Run>>(
            db => db.Sql("list_open_runs").Set("before", before).Set("limit", (long)limit).List(StoredRun.Read), cancellationToken);

    public ValueTask<Run?> GetAsync(TenantId tenant, RunId id, CancellationToken cancellationToken) =>
        reader.ReadAsync(db => Find(db, tenant, id), cancellationToken);

    public ValueTask<IReadOnlyList<StartedOccurrence>> ListStartedAsync(
        TenantId? tenant, DateTimeOffset since, int looked, CancellationToken cancellationToken) => reader.ReadAsync<IReadOnlyList<StartedOccurrence>>(
        db => (tenant is { } one
                ? db.Sql("list_started").Set("tenant", one.Value)
                : db.Sql("list_all_started").Set("first", Ids.FirstOf(since)))
            .Set("from", since).Set("looked", (long)looked).List(StoredRun.ReadStarted),
        cancellationToken);

    public ValueTask<WaitingOccurrences> CountWaitingAsync(TenantId? tenant, DateTimeOffset now, int most, CancellationToken cancellationToken) =>
        reader.ReadAsync(
            db => (tenant is { } one ? db.Sql("count_waiting").Set("tenant", one.Value) : db.Sql("count_all_waiting"))
                .Set("now", now).Set("limit", (long)most).First(StoredRun.ReadWaiting)!,
            cancellationToken);

    public ValueTask<KeptPayload?> FindPayloadAsync(TenantId tenant, ScheduleId schedule, long revision, CancellationToken cancellationToken) =>
        reader.ReadAsync(
            db => db.Sql("find_payload").Set("tenant", tenant.Value).Set("schedule", schedule.Value).Set("revision", revision).First(StoredRun.ReadPayload),
            cancellationToken);

    public ValueTask<RunNowOutcome> AskAsync(AskedRun run, AuditEntry audit, CancellationToken cancellationToken) => writer.WriteAsync(
        db =>
        {
            var outcome = Refusal(db, run) ?? Queue(db, run);
            AuditRow.Append(db, audit.Refused(outcome.Refusal));
            return outcome;
        },
        cancellationToken);

    private static RunPage List(Database database, RunQuery query)
    {
        var name = StoredRunQuery.NameOf(query);
        var found = StoredRunQuery.Write(database.Sql(name), query).List(StoredRun.Read);
        var lookedTo = found.Count > query.Limit || query.IsLookedAtWhole
            ? null
            : StoredRunQuery.WriteEnd(database.Sql($"{name}_end"), query).First(StoredRunQuery.ReadEnd);
        return RunPage.Of(found, lookedTo, query.Limit);
    }

    private static Run? Find(Database database, TenantId tenant, RunId id) =>
        database.Sql("get_run").Set("id", id.Value).Set("tenant", tenant.Value).First(StoredRun.Read);

    private static RunNowOutcome? Refusal(Database database, AskedRun run)
    {
        long payload;
        using (var rows = database.Sql("asked_select")
            .Set("id", run.Schedule.Value)
            .Set("install", run.Scope.Install.Value)
            .Set("tenant", run.Scope.Tenant.Value)
            .Open())
        {
            if (!rows.Read())
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
        }

        return RunNowOutcome.Paused.By(PauseRows.Over(database, run.Scope), run.At) is { } paused ? paused
            : KeepsPayload(database, run, payload) ? null
            : new RunNowOutcome.PayloadGone();
    }

    // A payload that its schedule has no more stays for as long as the run does that is to have it.
    private static bool KeepsPayload(Database database, AskedRun run, long current) =>
        run.PayloadRevision is not { } wanted
        || wanted == current
        || database.Sql("hold_payload").Set("schedule", run.Schedule.Value).Set("revision", wanted).Set("now", run.At).Run() > 0;

    private static RunNowOutcome Queue(Database database, AskedRun run)
    {
        var dueAt = run.At;
        while (Insert(database, run, dueAt) == 0)
        {
            dueAt = dueAt.AddMilliseconds(1);
        }

        database.Sql("asked_point").Set("run", run.Id.Value).Set("id", run.Schedule.Value).Run();
        return new RunNowOutcome.Queued(Find(database, run.Scope.Tenant, run.Id)!);
    }

    private static int Insert(Database database, AskedRun run, DateTimeOffset dueAt) =>
        StoredRun.WriteAsked(database.Sql("asked_insert"), run).Set("trigger", (long)run.Trigger).Set("due_at", dueAt).Run();
}
