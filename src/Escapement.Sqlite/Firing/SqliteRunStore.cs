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

    public ValueTask<Run?> GetAsync(TenantId tenant, RunId id, CancellationToken cancellationToken) =>
        reader.ReadAsync(db => Find(db, tenant, id), cancellationToken);

    public ValueTask<RunNowOutcome> RunNowAsync(
        InstallScope scope, ScheduleId schedule, RunId id, DateTimeOffset now, string requestedBy, AuditEntry audit, CancellationToken cancellationToken) =>
        writer.WriteAsync(
            db =>
            {
                var outcome = Queue(db, scope, schedule, id, now, requestedBy);
                AuditRow.Append(db, audit.Refused(outcome.Refusal));
                return outcome;
            },
            cancellationToken);

    private static RunPage List(Database database, RunQuery query)
    {
        var name = StoredRunQuery.NameOf(query);
        var found = StoredRunQuery.Write(database.Sql(name), query).List(StoredRun.Read);
        var lookedTo = found.Count > query.Limit ? null : StoredRunQuery.WriteEnd(database.Sql($"{name}_end"), query).First(StoredRunQuery.ReadEnd);
        return RunPage.Of(found, lookedTo, query.Limit);
    }

    private static Run? Find(Database database, TenantId tenant, RunId id) =>
        database.Sql("get_run").Set("id", id.Value).Set("tenant", tenant.Value).First(StoredRun.Read);

    private static RunNowOutcome Queue(Database database, InstallScope scope, ScheduleId schedule, RunId id, DateTimeOffset now, string requestedBy)
    {
        using (var rows = database.Sql("run_now_select")
            .Set("id", schedule.Value)
            .Set("install", scope.Install.Value)
            .Set("tenant", scope.Tenant.Value)
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
        }

        if (RunNowOutcome.Paused.By(PauseRows.Over(database, scope), now) is { } paused)
        {
            return paused;
        }

        var dueAt = now;
        while (Insert(database, scope, schedule, id, now, dueAt, requestedBy) == 0)
        {
            dueAt = dueAt.AddMilliseconds(1);
        }

        database.Sql("run_now_point").Set("run", id.Value).Set("id", schedule.Value).Run();
        return new RunNowOutcome.Queued(Find(database, scope.Tenant, id)!);
    }

    private static int Insert(
        Database database, InstallScope scope, ScheduleId schedule, RunId id, DateTimeOffset now, DateTimeOffset dueAt, string requestedBy) =>
        database.Sql("run_now_insert")
            .Set("id", id.Value)
            .Set("tenant", scope.Tenant.Value)
            .Set("install", scope.Install.Value)
            .Set("schedule", schedule.Value)
            .Set("due_at", dueAt)
            .Set("now", now)
            .Set("requested_by", requestedBy)
            .Run();
}
