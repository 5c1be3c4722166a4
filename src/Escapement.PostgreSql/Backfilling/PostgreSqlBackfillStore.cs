using Escapement.Audit;
using Escapement.Backfilling;
using Escapement.PostgreSql.Audit;
using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Scheduling;
using Escapement.PostgreSql.Tenancy;
using Escapement.Scheduling;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Backfilling;

/// <inheritdoc/>
internal sealed class PostgreSqlBackfillStore(Pool pool) : IBackfillStore
{
    public ValueTask<BackfillGround?> ReadAsync(InstallScope scope, ScheduleId schedule, BackfillRange range, CancellationToken cancellationToken) =>
        pool.ReadAsync(
            async (session, ct) => await ScheduleRow.FindAsync(session, "get_schedule", scope, schedule, ct) is { } found
                ? await ReadAsync(session, found, range, ct)
                : null,
            cancellationToken);

    public ValueTask<BackfillOutcome> ChangeAsync(
        InstallScope scope,
        ScheduleId schedule,
        BackfillRange? range,
        Func<BackfillGround, BackfillChange> decide,
        AuditEntry audit,
        CancellationToken cancellationToken) => pool.WriteAsync(
        async (session, ct) =>
        {
            var change = await ChangeAsync(session.Begin(), scope, schedule, range, decide, ct);
            AuditRow.Append(session, audit.Saying(change.Detail).Refused(change.Outcome.Refusal));
            await session.Commit().RunAsync(ct);
            return change.Outcome;
        },
        cancellationToken);

    private static async ValueTask<BackfillChange> ChangeAsync(
        Session session,
        InstallScope scope,
        ScheduleId id,
        BackfillRange? range,
        Func<BackfillGround, BackfillChange> decide,
        CancellationToken cancellationToken)
    {
        var bucket = Bucket.Of(scope.Tenant);
        GateRow.Ask(session, scope);
        ScheduleRow.Ask(session, "lock_schedule", scope, id);
        session.Sql("latest_backfilled").Set("bucket", bucket).Set("schedule", id.Value);
        ChangeGate gate;
        Schedule? schedule;
        DateTimeOffset? latest;
        await using (var rows = await session.OpenAsync(cancellationToken))
        {
            gate = await GateRow.ReadFreeAsync(rows, cancellationToken);
            await rows.NextAsync(cancellationToken);
            schedule = await rows.FirstAsync(StoredSchedule.Read, cancellationToken);
            await rows.NextAsync(cancellationToken);
            latest = await rows.ReadAsync(cancellationToken) ? rows.TimeOrNull(0) : null;
        }

        if (schedule is null)
        {
            return new BackfillChange(new BackfillOutcome.NotFound());
        }

        var ground = range is null ? new BackfillGround(schedule, [], []) : await ReadAsync(session, schedule, range, cancellationToken);
        var change = decide(ground with { InstallEnabled = gate.InstallEnabled, LatestDueAt = latest });
        if (change.After is { } after)
        {
            session.Sql("set_waiting")
                .Set("waiting", WaitingJson.Write(after.Waiting))
                .Set("next_start_at", after.ClaimAt)
                .Set("bucket", bucket)
                .Set("id", id.Value);
        }

        return change;
    }

    private static async ValueTask<BackfillGround> ReadAsync(Session session, Schedule schedule, BackfillRange range, CancellationToken cancellationToken)
    {
        var bucket = Bucket.Of(schedule.Scope.Tenant);
        session.Sql("list_due_definitions")
            .Set("bucket", bucket)
            .Set("schedule", schedule.Id.Value)
            .Set("from", range.From)
            .Set("to", range.To)
            .Set("limit", BackfillGround.MostDefinitions + 1L);
        session.Sql("list_occurrence_runs")
            .Set("bucket", bucket)
            .Set("schedule", schedule.Id.Value)
            .Set("from", range.From)
            .Set("to", range.To);
        await using var rows = await session.OpenAsync(cancellationToken);
        var definitions = await rows.ListAsync(StoredDefinition.Read, cancellationToken);
        await rows.NextAsync(cancellationToken);
        return new BackfillGround(schedule, definitions, await rows.ListAsync(StoredOccurrenceRun.Read, cancellationToken));
    }
}
