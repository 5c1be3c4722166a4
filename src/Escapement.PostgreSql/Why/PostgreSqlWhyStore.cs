using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Scheduling;
using Escapement.PostgreSql.Tenancy;
using Escapement.Runs;
using Escapement.StoredForms;
using Escapement.Why;

namespace Escapement.PostgreSql.Why;

/// <inheritdoc/>
internal sealed class PostgreSqlWhyStore(Pool pool) : IWhyStore
{
    public ValueTask<WhyRows> ReadAsync(InstallScope scope, ScheduleId schedule, DateTimeOffset at, CancellationToken cancellationToken) => pool.ReadAsync(
        async (session, ct) =>
        {
            // The schedule first: what a claim takes meanwhile has its row by the time when rows are read.
            ScheduleRow.Ask(session, "get_schedule", scope, schedule);
            ScheduleRow.Ask(session, "find_removed_schedule", scope, schedule);
            foreach (var name in (string[])["list_definitions_before", "list_definitions_behind", "list_rows_before", "list_rows_behind"])
            {
                Few(session, name, scope, schedule).Set("at", at);
            }

            await using var rows = await session.OpenAsync(ct);
            var there = await rows.FirstAsync(StoredSchedule.Read, ct);
            await rows.NextAsync(ct);
            var removed = await rows.FirstAsync(StoredSchedule.Read, ct);
            await rows.NextAsync(ct);
            var definitions = await rows.ListAsync(StoredDefinition.Read, ct);
            await rows.NextAsync(ct);
            var later = await rows.ListAsync(StoredDefinition.Read, ct);
            await rows.NextAsync(ct);
            var before = await rows.ListAsync(StoredRun.Read, ct);
            await rows.NextAsync(ct);
            return new WhyRows
            {
                Schedule = there ?? removed,
                IsRemoved = there is null,
                Definitions = definitions,
                Later = later,
                Before = before,
                Behind = await rows.ListAsync(StoredRun.Read, ct),
            };
        },
        cancellationToken);

    public ValueTask<WhyAround> ReadAroundAsync(
        InstallScope scope, ScheduleId schedule, WhySpan span, CancellationToken cancellationToken) => pool.ReadAsync(
        async (session, ct) =>
        {
            Few(session, "list_started_runs", scope, schedule).Set("up_to", span.UpTo);
            Few(session, "list_repeats", scope, schedule)
                .Set("occurrence", RunAskJson.Ending(span.At))
                .Set("ending", RunAskJson.LastOf(span.At));
            session.Sql("claim_running").Set("bucket", Bucket.Of(scope.Tenant));
            var targets = StoredMark.Targets(scope, schedule);
            foreach (var target in targets)
            {
                StoredMark.Write(session.Sql("list_marks"), target, span).Set("bucket", Bucket.Of(target.Tenant));
            }

            await using var rows = await session.OpenAsync(ct);
            var started = await rows.ListAsync(StoredRun.Read, ct);
            await rows.NextAsync(ct);
            var repeats = await rows.ListAsync(StoredRun.Read, ct);
            await rows.NextAsync(ct);
            var running = await rows.ListAsync(StoredMark.ReadRunning, ct);
            var marks = new List<WhyMark>();
            foreach (var _ in targets)
            {
                await rows.NextAsync(ct);
                marks.AddRange(await rows.ListAsync(StoredMark.Read, ct));
            }

            return new WhyAround(started, repeats, [.. marks.OrderByDescending(m => m.At)]).WithUnderWay(scope, running);
        },
        cancellationToken);

    public ValueTask<HeldSchedules> ListHeldAsync(TenantId? tenant, int limit, CancellationToken cancellationToken) => pool.ReadAsync(
        async (session, ct) =>
        {
            Held(session, "list", tenant).Set("limit", (long)limit);
            Held(session, "count", tenant);
            await using var rows = await session.OpenAsync(ct);
            var some = await rows.ListAsync(StoredSchedule.Read, ct);
            await rows.NextAsync(ct);
            var counted = await rows.ListAsync(r => (int)r.Long(0), ct);
            return new HeldSchedules(some, counted[0]);
        },
        cancellationToken);

    public ValueTask<IReadOnlyList<Run>> ListNotRunAsync(
        TenantId? tenant, DateTimeOffset from, RunCursor before, int limit, CancellationToken cancellationToken)
    {
        var statement = StoredNotRun.Write(BatchStatement.Of(StoredNotRun.NameOf(tenant)), tenant, from, before, limit);
        return pool.ListAsync(tenant is { } one ? statement.Set("bucket", Bucket.Of(one)) : statement, StoredRun.Read, cancellationToken);
    }

    public ValueTask<BackfillSummary?> SumBackfillAsync(
        InstallScope scope, ScheduleId schedule, RunAsk? of, CancellationToken cancellationToken) => pool.ReadAsync(
        async (session, ct) =>
        {
            var ask = of;
            if (ask is null)
            {
                Of(session, "find_last_backfill", scope, schedule);
                await using var found = await session.OpenAsync(ct);
                ask = await found.FirstAsync(StoredBackfillRuns.ReadAsk, ct);
            }

            if (ask?.Backfill is not { } backfill)
            {
                return null;
            }

            Of(session, "sum_backfill", scope, schedule).Set("backfill", RunAskJson.Of(backfill.Id));
            await using var rows = await session.OpenAsync(ct);
            return BackfillSummary.Of(ask, await rows.ListAsync(StoredBackfillRuns.ReadCount, ct));
        },
        cancellationToken);

    public ValueTask<IReadOnlyList<MadeUpOccurrence>> ListMadeUpAsync(
        IReadOnlyCollection<TenantId> tenants, DateTimeOffset from, int each, CancellationToken cancellationToken) => pool.ListAsync(
        [.. tenants.Select(t => StoredNotRun.Write(BatchStatement.Of("list_made_up").Set("bucket", Bucket.Of(t)), t, from, each))],
        StoredNotRun.ReadMadeUp,
        cancellationToken);

    private static BatchStatement Held(Session session, string what, TenantId? tenant) => tenant is { } one
        ? session.Sql($"{what}_held_of_tenant").Set("bucket", Bucket.Of(one)).Set("tenant", one.Value)
        : session.Sql($"{what}_all_held");

    private static BatchStatement Few(Session session, string name, InstallScope scope, ScheduleId schedule) =>
        Of(session, name, scope, schedule).Set("limit", (long)IWhyStore.Most);

    private static BatchStatement Of(Session session, string name, InstallScope scope, ScheduleId schedule) => session.Sql(name)
        .Set("bucket", Bucket.Of(scope.Tenant))
        .Set("schedule", schedule.Value)
        .Set("install", scope.Install.Value)
        .Set("tenant", scope.Tenant.Value);
}
