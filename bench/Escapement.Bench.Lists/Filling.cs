using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Escapement.Bench.Lists;

/// <summary>
/// Fills a store whose schema is there: half of the schedules are one tenant's, the rest lie with many, fifty to an install. One in fifty is disabled, one
/// in a thousand fails, and another in a thousand is paused; so are one install of that tenant's and one other tenant. They have 2,000 pairs of expression
/// and zone. Of the runs one in two hundred failed.
/// </summary>
internal static class Filling
{
    private const string Names = """
        CASE j % 7 WHEN 0 THEN 'Morning sync ' WHEN 1 THEN 'Nightly export ' WHEN 2 THEN 'Invoice run ' WHEN 3 THEN 'Clean-up '
          WHEN 4 THEN 'Reminder mails ' WHEN 5 THEN 'Stock check ' ELSE 'Report for ' END
        """;

    private const string OwnPause = """
        '{"id":"01993a5e-7c1f-7000-8000-000000000000","layer":3,"since":0,"onEnd":0,"cause":0,"note":"looked at","by":"ops","byOperator":false}'
        """;

    private const string Changed = """
        {"field":"cron","before":{"json":"\"0 9 * * *\""},"after":{"json":"\"0 3 * * *\""}}
        """;

    public static async Task SqliteAsync(string file, ListOptions options, DateTimeOffset now)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 600 };
        await using var connection = new SqliteConnection(settings.ToString());
        await connection.OpenAsync();
        foreach (var statement in Statements(options, now, Sqlite).Append("PRAGMA wal_checkpoint(TRUNCATE)"))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = statement;
            await command.ExecuteNonQueryAsync();
        }
    }

    public static async Task PostgreSqlAsync(string connectionString, string schema, ListOptions options, DateTimeOffset now)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = schema, CommandTimeout = 3_600 };
        await using var connection = new NpgsqlConnection(settings.ToString());
        await connection.OpenAsync();
        foreach (var statement in Statements(options, now, PostgreSql).Append("VACUUM (ANALYZE)").Append("CHECKPOINT"))
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    // What differs between the two: how rows are counted out, how an id is made of a time and a number, what an instant is.
    private sealed record Dialect(
        Func<int, string> Rows,
        Func<string, string, string> Id,
        Func<string, string> Instant,
        string Bucket,
        Func<string, string> Text,
        string True,
        bool IsSqlite);

    private static readonly Dialect Sqlite = new(
        count => string.Create(
            CultureInfo.InvariantCulture, $"(WITH RECURSIVE n (j) AS (SELECT 0 UNION ALL SELECT j + 1 FROM n WHERE j < {count - 1}) SELECT j FROM n) AS n"),
        (ms, j) => $"unhex(printf('%012x', {ms}) || '70008' || printf('%015x', {j}))",
        ms => ms,
        "0",
        j => $"printf('%06d', {j})",
        "1",
        IsSqlite: true);

    private static readonly Dialect PostgreSql = new(
        count => string.Create(CultureInfo.InvariantCulture, $"generate_series(0, {count - 1}) AS n (j)"),
        (ms, j) => $"(lpad(to_hex(({ms})::bigint), 12, '0') || '70008' || lpad(to_hex(({j})::bigint), 15, '0'))::uuid",
        ms => $"to_timestamp(({ms}) / 1000.0)",
        "get_byte(sha256(convert_to(tenant, 'UTF8')), 0) % 32",
        j => $"lpad(({j})::text, 6, '0')",
        "true",
        IsSqlite: false);

    private static IEnumerable<string> Statements(ListOptions options, DateTimeOffset now, Dialect sql)
    {
        var installs = options.Schedules / 50;
        var ms = now.ToUnixTimeMilliseconds();
        var (start, version) = (ms - 1_000_000_000L, sql.Id($"{ms}", "0"));
        var tenant = $"CASE WHEN i < {installs / 2} THEN 'big' ELSE 'tenant-' || {sql.Text("i")} END";
        yield return $"""
            INSERT INTO versions (id, extension_id, version, publisher, runtime, capabilities, manifest, bundle_sha256, component_sha256, component_bytes,
                                  published_by, published_at, kept_bytes)
            VALUES ({version}, 'com.acme.sync', '1.0.0', 'acme', 'wasm-js@1', '[]', '-', 'b', 'c', 1, 'bench', {sql.Instant($"{ms}")}, 1)
            """;
        yield return $"""
            INSERT INTO endpoints (version_id, path, method, id, handler, schedulable)
            SELECT {version}, '/api/sync/' || j, 'POST', {sql.Id($"{ms}", "j + 1")}, 'sync', {sql.True} FROM {sql.Rows(40)}
            """;
        yield return $"""
            INSERT INTO installs (bucket, id, tenant, extension_id, version_id, enabled, granted, created_at, updated_at)
            SELECT {sql.Bucket}, {sql.Id($"{start} + i", "i")}, tenant, 'com.acme.ext' || {sql.Text("i")}, {version}, {sql.True}, '[]',
                   {sql.Instant($"{start}")}, {sql.Instant($"{start}")}
            FROM (SELECT i, {tenant} AS tenant FROM (SELECT j AS i FROM {sql.Rows(installs)}) AS x) AS y
            """;
        yield return $"""
            INSERT INTO pauses (bucket, id, tenant, install_id, since, on_end, note, paused_by, by_operator)
            SELECT {sql.Bucket}, {sql.Id($"{ms}", "j")}, tenant, CASE WHEN j = 0 THEN {sql.Id($"{start} + 5", "5")} END, {sql.Instant($"{ms}")}, 0, 'looked at',
                   'ops', {(sql.IsSqlite ? "0" : "false")}
            FROM (SELECT j, CASE WHEN j = 0 THEN 'big' ELSE 'tenant-' || {sql.Text($"{installs - 1}")} END AS tenant FROM {sql.Rows(2)}) AS x
            """;
        var schedule = $"(SELECT j, j / 50 AS i FROM {sql.Rows(options.Schedules)}) AS x";
        var next = sql.Instant($"{ms} + 3600000 + ((j * 7919) % 288) * 300000");
        yield return $"""
            INSERT INTO schedules (bucket, id, tenant, install_id, next_due_at, next_start_at, enabled, cron, time_zone, method, path, name, failures, pause,
                                   created_at, updated_at, revision)
            SELECT {sql.Bucket}, {sql.Id($"{start} + j", "j")}, tenant, {sql.Id($"{start} + i", "i")}, CASE WHEN j % 50 = 7 THEN NULL ELSE {next} END,
                   CASE WHEN j % 50 = 7 THEN NULL ELSE {next} END, j % 50 <> 7, (j % 60) || ' ' || ((j / 60) % 24) || ' * * *',
                   CASE WHEN (j / 1440) % 2 = 1 AND j % 1440 < 560 THEN 'America/New_York' ELSE 'UTC' END, 'POST',
                   '/api/sync/' || (j % 40), {Names} || {sql.Text("j")}, CASE WHEN j % 1000 = 3 THEN 2 ELSE 0 END,
                   CASE WHEN j % 1000 = 4 THEN {OwnPause} END,
                   {sql.Instant($"{start} + j")}, {sql.Instant($"{start} + j")}, 1
            FROM (SELECT j, i, {tenant} AS tenant FROM {schedule}) AS y
            """;
        yield return """
            INSERT INTO schedule_definitions (bucket, schedule_id, number, tenant, install_id, cron, time_zone, state, since, changed_by, spread)
            SELECT bucket, id, 1, tenant, install_id, cron, time_zone, 0, created_at, 'bench', 0 FROM schedules
            """;
        yield return $"""
            INSERT INTO schedule_texts (bucket, id, tenant, label, content, endpoint)
            SELECT bucket, id, tenant, lower(name), lower(name) || {(sql.IsSqlite ? "char(10)" : "chr(10)")} || lower(method) || ' ' || path,
                   method || ' ' || path
            FROM schedules
            """;
        if (sql.IsSqlite)
        {
            yield return """
                INSERT INTO schedule_search (rowid, id, scope, content)
                SELECT row_number() OVER (), id, char(2) || tenant || char(3), content FROM schedule_texts
                """;
        }

        var due = $"{ms} - (k / {options.Schedules}) * 3600000 - (k % {options.Schedules}) * 31";
        yield return $"""
            INSERT INTO runs (bucket, id, tenant, install_id, schedule_id, due_at, trigger_kind, state, reason, attempt, lost_attempts, stopped_attempts,
                              created_at, started_at, finished_at, status_code, node, evidence)
            SELECT {sql.Bucket}, {sql.Id($"{due}", "k")}, tenant, {sql.Id($"{start} + i", "i")}, {sql.Id($"{start} + j", "j")}, {sql.Instant(due)}, 0,
                   CASE WHEN k % 200 = 9 THEN 3 WHEN k % 400 = 11 THEN 4 ELSE 2 END,
                   CASE WHEN k % 200 = 9 THEN 3 WHEN k % 400 = 11 THEN 20 ELSE 0 END, 1, 0, 0,
                   {sql.Instant(due)}, {sql.Instant(due)}, {sql.Instant(due)}, 200, 'node-a', NULL
            FROM (
              SELECT k, j, i, {tenant} AS tenant
              FROM (SELECT j AS k, j % {options.Schedules} AS j, (j % {options.Schedules}) / 50 AS i FROM {sql.Rows(options.Runs)}) AS x) AS y
            """;
        yield return $"""
            INSERT INTO audit (bucket, tenant, id, at, actor_kind, actor_id, action, target, outcome, count, changes)
            SELECT {sql.Bucket}, tenant, {sql.Id($"{ms} - k", "k")}, {sql.Instant($"{ms} - k")}, 1, 'ops', 'schedule.update', 'target-' || (k % 5000),
                   CASE WHEN k % 1000 = 5 THEN 2 ELSE 0 END, 1,
                   CASE WHEN k % 2 = 0 THEN '[{Changed}]' END
            FROM (SELECT k, {tenant} AS tenant FROM (SELECT j AS k, (j % {options.Schedules}) / 50 AS i FROM {sql.Rows(options.Audit)}) AS x) AS y
            """;
    }
}
