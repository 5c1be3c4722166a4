using Escapement.AspNetCore;
using Escapement.Installs;
using Escapement.Sqlite;
using Escapement.Storage;
using Microsoft.Data.Sqlite;

namespace Escapement.Bench;

internal sealed class SqlitePlace(BenchOptions options) : Place
{
    private readonly string folder = options.Place ?? Directory.CreateTempSubdirectory("escapement-bench-").FullName;

    public override bool TakesManyNodes => false;

    public override IReadOnlyList<string> NodeArguments => ["--store", "sqlite", "--place", folder, .. options.ExportingArguments];

    public override IReadOnlyList<string> ServerArguments => ["--data", folder];

    public override async ValueTask<IStore> OpenAsync() => await SqliteStore.OpenAsync(new SqliteStoreOptions { DataFolder = folder }, Time);

    public override void Configure(EscapementOptions options) => options.DataFolder = folder;

    public override async Task LoadAsync(IReadOnlyList<InstalledExtension> installs, int count, DateTimeOffset first, TimeSpan apart)
    {
        await using var connection = await ConnectAsync();
        await using var transaction = connection.BeginTransaction();
        await using var insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = """
            INSERT INTO schedules
              (id, tenant, install_id, next_due_at, next_start_at, enabled, cron, time_zone, method, path, created_at, updated_at, revision)
            VALUES ($id, $tenant, $install, $due, $due, 1, '0 9 * * *', 'UTC', 'POST', '/api/sync', $now, $now, 1)
            """;
        var id = insert.Parameters.Add("$id", SqliteType.Blob);
        var tenant = insert.Parameters.Add("$tenant", SqliteType.Text);
        var install = insert.Parameters.Add("$install", SqliteType.Blob);
        var due = insert.Parameters.Add("$due", SqliteType.Integer);
        insert.Parameters.AddWithValue("$now", Time.GetUtcNow().ToUnixTimeMilliseconds());
        for (var i = 0; i < count; i++)
        {
            var owner = installs[i % installs.Count].Install.Scope;
            id.Value = Ids.Next(Time).ToByteArray(bigEndian: true);
            tenant.Value = owner.Tenant.Value;
            install.Value = owner.Install.Value.ToByteArray(bigEndian: true);
            due.Value = (first + (apart * i)).ToUnixTimeMilliseconds();
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    public override async Task SettleAsync()
    {
        await using var connection = await ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
        await command.ExecuteNonQueryAsync();
    }

    public override async Task<double[]> LatenessAsync(DateTimeOffset from)
    {
        await using var connection = await ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT started_at - due_at FROM runs WHERE due_at >= $from AND state = 2 AND attempt = 1 ORDER BY 1";
        command.Parameters.AddWithValue("$from", from.ToUnixTimeMilliseconds());
        await using var rows = await command.ExecuteReaderAsync();
        var late = new List<double>();
        while (await rows.ReadAsync())
        {
            late.Add(rows.GetInt64(0));
        }

        return [.. late];
    }

    public override Task<double> BareLoopAsync(int expected, int batch, int connections) => Task.FromResult(SqliteLoop.Run(folder, expected, batch));

    public override Task<TimeSpan> DatabaseProcessorTimeAsync() => Task.FromResult(TimeSpan.Zero);

    public override async Task<long> OpenRunsOfAsync(string node)
    {
        await using var connection = await ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM runs WHERE state IN (0, 1) AND node = $node";
        command.Parameters.AddWithValue("$node", node);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public override ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<SqliteConnection> ConnectAsync()
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "escapement.db"), Pooling = false, DefaultTimeout = 60 };
        var connection = new SqliteConnection(settings.ToString());
        await connection.OpenAsync();
        return connection;
    }
}
