using Escapement.Runs;
using Escapement.Sqlite.Connections;
using Escapement.Sqlite.Scheduling;
using Escapement.StoredForms;
using Escapement.Why;

namespace Escapement.Sqlite.Why;

/// <inheritdoc/>
internal sealed class SqliteWhyStore(ReadPool reader) : IWhyStore
{
    public ValueTask<WhyRows> ReadAsync(InstallScope scope, ScheduleId schedule, DateTimeOffset at, CancellationToken cancellationToken) => reader.ReadAsync(
        db =>
        {
            var there = ScheduleRow.Find(db, scope, schedule);
            return new WhyRows
            {
                Schedule = there ?? db.Sql("find_removed_schedule")
                    .Set("id", schedule.Value)
                    .Set("install", scope.Install.Value)
                    .Set("tenant", scope.Tenant.Value)
                    .First(StoredSchedule.Read),
                IsRemoved = there is null,
                Definitions = Few(db, "list_definitions_before", scope, schedule).Set("at", at).List(StoredDefinition.Read),
                Later = Few(db, "list_definitions_behind", scope, schedule).Set("at", at).List(StoredDefinition.Read),
                Before = Few(db, "list_rows_before", scope, schedule).Set("at", at).List(StoredRun.Read),
                Behind = Few(db, "list_rows_behind", scope, schedule).Set("at", at).List(StoredRun.Read),
            };
        },
        cancellationToken);

    public ValueTask<WhyAround> ReadAroundAsync(
        InstallScope scope, ScheduleId schedule, WhySpan span, CancellationToken cancellationToken) => reader.ReadAsync(
        db => new WhyAround(
            Few(db, "list_started_runs", scope, schedule).Set("up_to", span.UpTo).List(StoredRun.Read),
            Few(db, "list_repeats", scope, schedule)
                .Set("occurrence", RunAskJson.Ending(span.At))
                .Set("ending", RunAskJson.LastOf(span.At))
                .List(StoredRun.Read),
            [
                .. StoredMark.Targets(scope, schedule)
                    .SelectMany(t => StoredMark.Write(db.Sql("list_marks"), t, span).List(StoredMark.Read))
                    .OrderByDescending(m => m.At),
            ]).WithUnderWay(scope, db.Sql("claim_running").List(StoredMark.ReadRunning)),
        cancellationToken);

    public ValueTask<HeldSchedules> ListHeldAsync(TenantId? tenant, int limit, CancellationToken cancellationToken) => reader.ReadAsync(
        db =>
        {
            var some = Held(db, "list", tenant).Set("limit", (long)limit).List(StoredSchedule.Read);
            using var count = Held(db, "count", tenant).Open();
            count.Read();
            return new HeldSchedules(some, count.Int(0));
        },
        cancellationToken);

    public ValueTask<IReadOnlyList<Run>> ListNotRunAsync(
        TenantId? tenant, DateTimeOffset from, RunCursor before, int limit, CancellationToken cancellationToken) => reader.ReadAsync<IReadOnlyList<Run>>(
        db => StoredNotRun.Write(db.Sql(StoredNotRun.NameOf(tenant)), tenant, from, before, limit).List(StoredRun.Read), cancellationToken);

    public ValueTask<BackfillSummary?> SumBackfillAsync(
        InstallScope scope, ScheduleId schedule, RunAsk? of, CancellationToken cancellationToken) => reader.ReadAsync(
        db => (of ?? Of(db, "find_last_backfill", scope, schedule).First(StoredBackfillRuns.ReadAsk)) is { Backfill: { } backfill } ask
            ? BackfillSummary.Of(ask, Of(db, "sum_backfill", scope, schedule).Set("backfill", RunAskJson.Of(backfill.Id)).List(StoredBackfillRuns.ReadCount))
            : null,
        cancellationToken);

    public ValueTask<IReadOnlyList<MadeUpOccurrence>> ListMadeUpAsync(
        IReadOnlyCollection<TenantId> tenants, DateTimeOffset from, int each, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<MadeUpOccurrence>>(
            db => [.. tenants.SelectMany(t => StoredNotRun.Write(db.Sql("list_made_up"), t, from, each).List(StoredNotRun.ReadMadeUp))],
            cancellationToken);

    private static Statement Held(Database database, string what, TenantId? tenant) =>
        tenant is { } one ? database.Sql($"{what}_held_of_tenant").Set("tenant", one.Value) : database.Sql($"{what}_all_held");

    private static Statement Few(Database database, string name, InstallScope scope, ScheduleId schedule) =>
        Of(database, name, scope, schedule).Set("limit", (long)IWhyStore.Most);

    private static Statement Of(Database database, string name, InstallScope scope, ScheduleId schedule) => database.Sql(name)
        .Set("schedule", schedule.Value)
        .Set("install", scope.Install.Value)
        .Set("tenant", scope.Tenant.Value);
}
