using System.Globalization;
using Escapement.AspNetCore;
using Escapement.Installs;
using Escapement.PostgreSql;
using Escapement.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Escapement.Bench;

internal sealed class PostgreSqlPlace(BenchOptions options) : Place
{
    private static int made;

    private readonly string connectionString = options.Connection ?? throw new ArgumentException("--store postgres needs --connection");
    private readonly string schema = options.Place
        ?? string.Create(CultureInfo.InvariantCulture, $"bench_{Environment.ProcessId}_{Interlocked.Increment(ref made)}");

    public override bool TakesManyNodes => true;

    public override IReadOnlyList<string> NodeArguments =>
        ["--store", "postgres", "--connection", connectionString, "--place", schema, .. options.ExportingArguments];

    public override IReadOnlyList<string> ServerArguments => ["--store", "postgres", "--connection", connectionString];

    public override IReadOnlyDictionary<string, string> ServerEnvironment => new Dictionary<string, string> { ["Escapement__PostgreSql__Schema"] = schema };

    private PostgreSqlStoreOptions Store => new() { ConnectionString = connectionString, Schema = schema };

    public override async ValueTask<IStore> OpenAsync() => await PostgreSqlStore.OpenAsync(Store, Time);

    public override void Configure(EscapementOptions options)
    {
        options.Store = StoreKind.PostgreSql;
        options.PostgreSql = Store;
        options.DataFolder = Directory.CreateTempSubdirectory("escapement-bench-").FullName;
    }

    public override async Task LoadAsync(IReadOnlyList<InstalledExtension> installs, int count, DateTimeOffset first, TimeSpan apart)
    {
        await using var connection = await ConnectAsync();
        var buckets = await BucketsAsync(connection);
        var now = Time.GetUtcNow().UtcDateTime;
        await using var copy = await connection.BeginBinaryImportAsync(
            "COPY schedules (bucket, id, tenant, install_id, next_due_at, next_start_at, enabled, cron, time_zone, method, path, created_at, " +
            "updated_at, revision) " +
            "FROM STDIN (FORMAT binary)");
        for (var i = 0; i < count; i++)
        {
            var owner = installs[i % installs.Count].Install.Scope;
            await copy.StartRowAsync();
            await copy.WriteAsync(buckets[owner.Install.Value], NpgsqlDbType.Smallint);
            await copy.WriteAsync(Ids.Next(Time), NpgsqlDbType.Uuid);
            await copy.WriteAsync(owner.Tenant.Value, NpgsqlDbType.Text);
            await copy.WriteAsync(owner.Install.Value, NpgsqlDbType.Uuid);
            await copy.WriteAsync((first + (apart * i)).UtcDateTime, NpgsqlDbType.TimestampTz);
            await copy.WriteAsync((first + (apart * i)).UtcDateTime, NpgsqlDbType.TimestampTz);
            await copy.WriteAsync(true, NpgsqlDbType.Boolean);
            await copy.WriteAsync("0 9 * * *", NpgsqlDbType.Text);
            await copy.WriteAsync("UTC", NpgsqlDbType.Text);
            await copy.WriteAsync("POST", NpgsqlDbType.Text);
            await copy.WriteAsync("/api/sync", NpgsqlDbType.Text);
            await copy.WriteAsync(now, NpgsqlDbType.TimestampTz);
            await copy.WriteAsync(now, NpgsqlDbType.TimestampTz);
            await copy.WriteAsync(1L, NpgsqlDbType.Bigint);
        }

        await copy.CompleteAsync();
    }

    public override async Task SettleAsync()
    {
        await using var connection = await ConnectAsync();
        foreach (var statement in (string[])["VACUUM (ANALYZE) schedules", "VACUUM (ANALYZE) installs", "CHECKPOINT"])
        {
            await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync();
        }
    }

    public override async Task<double[]> LatenessAsync(DateTimeOffset from)
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(
            "SELECT extract(epoch FROM started_at - due_at)::float8 * 1000 FROM runs WHERE due_at >= $1 AND state = 2 AND attempt = 1 ORDER BY 1",
            connection)
        {
            Parameters = { new NpgsqlParameter { Value = from.UtcDateTime } },
        };
        await using var rows = await command.ExecuteReaderAsync();
        var late = new List<double>();
        while (await rows.ReadAsync())
        {
            late.Add(Math.Round(rows.GetDouble(0)));
        }

        return [.. late];
    }

    public override Task<double> BareLoopAsync(int expected, int batch, int connections) => PostgreSqlLoop.RunAsync(ConnectAsync, expected, batch, connections);

    public override async Task<TimeSpan> DatabaseProcessorTimeAsync()
    {
        await using var connection = await ConnectAsync();
        return ProcessorTime.OfFamily(ProcessorTime.ParentOf(connection.ProcessID));
    }

    public override async Task<long> OpenRunsOfAsync(string node)
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand("SELECT count(*) FROM all_runs WHERE state IN (0, 1) AND node = $1", connection);
        command.Parameters.AddWithValue(node);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public override async ValueTask DisposeAsync()
    {
        await using var connection = await ConnectAsync();
        var drop = $"SET client_min_messages = warning; DROP SCHEMA IF EXISTS {schema} CASCADE";
        await using var command = new NpgsqlCommand(drop, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    // As the store sets its own connections, so that the loop's plans are the store's.
    private async Task<NpgsqlConnection> ConnectAsync()
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            SearchPath = schema,
            CommandTimeout = 600,
            NoResetOnClose = true,
            Options = "-c enable_seqscan=off -c plan_cache_mode=force_generic_plan -c jit=off",
        };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<Dictionary<Guid, short>> BucketsAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("SELECT id, bucket FROM installs", connection);
        await using var rows = await command.ExecuteReaderAsync();
        var buckets = new Dictionary<Guid, short>();
        while (await rows.ReadAsync())
        {
            buckets[rows.GetGuid(0)] = rows.GetInt16(1);
        }

        return buckets;
    }
}
