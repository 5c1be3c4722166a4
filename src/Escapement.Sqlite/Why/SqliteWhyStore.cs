using Escapement.Scheduling;
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
                Definitions = Of(db, "list_definitions_before", scope, schedule).Set("at", at).List(StoredDefinition.Read),
                Later = Of(db, "list_definitions_behind", scope, schedule).Set("at", at).List(StoredDefinition.Read),
                Before = Of(db, "list_rows_before", scope, schedule).Set("at", at).List(StoredRun.Read),
                Behind = Of(db, "list_rows_behind", scope, schedule).Set("at", at).List(StoredRun.Read),
            };
        },
        cancellationToken);

    public ValueTask<WhyAround> ReadAroundAsync(
        InstallScope scope, ScheduleId schedule, WhySpan span, CancellationToken cancellationToken) => reader.ReadAsync(
        db => new WhyAround(
            Of(db, "list_started_runs", scope, schedule).Set("up_to", span.UpTo).List(StoredRun.Read),
            Of(db, "list_repeats", scope, schedule).Set("at", span.At).Set("occurrence", RunAskJson.Ending(span.At)).List(StoredRun.Read),
            [
                .. StoredMark.Targets(scope, schedule)
                    .SelectMany(t => StoredMark.Write(db.Sql("list_marks"), t, span).List(StoredMark.Read))
                    .OrderByDescending(m => m.At),
            ]).WithUnderWay(scope, db.Sql("claim_running").List(StoredMark.ReadRunning)),
        cancellationToken);

    public ValueTask<IReadOnlyList<Schedule>> ListHeldAsync(TenantId tenant, int limit, CancellationToken cancellationToken) =>
        reader.ReadAsync<IReadOnlyList<Schedule>>(
            db => db.Sql("list_held_of_tenant").Set("tenant", tenant.Value).Set("limit", (long)limit).List(StoredSchedule.Read), cancellationToken);

    private static Statement Of(Database database, string name, InstallScope scope, ScheduleId schedule) => database.Sql(name)
        .Set("schedule", schedule.Value)
        .Set("install", scope.Install.Value)
        .Set("tenant", scope.Tenant.Value)
        .Set("limit", (long)IWhyStore.Most);
}
