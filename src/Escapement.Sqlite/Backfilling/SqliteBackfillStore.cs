using Escapement.Audit;
using Escapement.Backfilling;
using Escapement.Sqlite.Audit;
using Escapement.Sqlite.Connections;
using Escapement.Sqlite.Scheduling;
using Escapement.StoredForms;

namespace Escapement.Sqlite.Backfilling;

/// <inheritdoc/>
internal sealed class SqliteBackfillStore(WriteQueue writer, ReadPool reader) : IBackfillStore
{
    public ValueTask<BackfillGround?> ReadAsync(InstallScope scope, ScheduleId schedule, BackfillRange range, CancellationToken cancellationToken) =>
        reader.ReadAsync(db => Read(db, scope, schedule, range), cancellationToken);

    public ValueTask<BackfillOutcome> ChangeAsync(
        InstallScope scope,
        ScheduleId schedule,
        BackfillRange? range,
        Func<BackfillGround, BackfillChange> decide,
        AuditEntry audit,
        CancellationToken cancellationToken) => writer.WriteAsync(
        db =>
        {
            var change = Change(db, scope, schedule, range, decide);
            AuditRow.Append(db, audit.Saying(change.Detail).Refused(change.Outcome.Refusal));
            return change.Outcome;
        },
        cancellationToken);

    private static BackfillChange Change(
        Database database, InstallScope scope, ScheduleId schedule, BackfillRange? range, Func<BackfillGround, BackfillChange> decide)
    {
        var gate = GateRow.PassFree(database, scope);
        if (Read(database, scope, schedule, range) is not { } ground)
        {
            return new BackfillChange(new BackfillOutcome.NotFound());
        }

        var change = decide(ground with { InstallEnabled = gate.InstallEnabled, LatestDueAt = Latest(database, schedule) });
        if (change.After is { } after)
        {
            database.Sql("set_waiting")
                .Set("waiting", WaitingJson.Write(after.Waiting))
                .Set("next_start_at", after.ClaimAt)
                .Set("id", schedule.Value)
                .Run();
        }

        return change;
    }

    private static BackfillGround? Read(Database database, InstallScope scope, ScheduleId id, BackfillRange? range) =>
        ScheduleRow.Find(database, scope, id) is not { } schedule ? null
        : range is null ? new BackfillGround(schedule, [], [])
        : new BackfillGround(
            schedule,
            database.Sql("list_due_definitions")
                .Set("schedule", id.Value)
                .Set("from", range.From)
                .Set("to", range.To)
                .Set("limit", BackfillGround.MostDefinitions + 1L)
                .List(StoredDefinition.Read),
            database.Sql("list_occurrence_runs").Set("schedule", id.Value).Set("from", range.From).Set("to", range.To).List(StoredOccurrenceRun.Read));

    private static DateTimeOffset? Latest(Database database, ScheduleId schedule)
    {
        using var rows = database.Sql("latest_backfilled").Set("schedule", schedule.Value).Open();
        return rows.Read() ? rows.TimeOrNull(0) : null;
    }
}
