using Escapement.PostgreSql;
using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Copying;
using Escapement.PostgreSql.Migrations;
using Escapement.PostgreSql.Retention;
using Escapement.Storage;
using Npgsql;

namespace Escapement.Server.CopyStore;

/// <summary>The schema that an installation is copied into, held so that no other copy goes there meanwhile.</summary>
internal sealed class PostgreSqlTarget : IAsyncDisposable
{
    // Partitions are made for as much of the past as retention keeps by default, and a little more; what is older lies beside them.
    private static readonly TimeSpan Past = TimeSpan.FromDays(400);

    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    private readonly Pool pool;
    private readonly NpgsqlConnection connection;
    private readonly string schema;

    private PostgreSqlTarget(Pool pool, NpgsqlConnection connection, string schema)
    {
        this.pool = pool;
        this.connection = connection;
        this.schema = schema;
    }

    /// <summary>Connects, makes the schema if there is none, and takes it for this copy.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot be used.</exception>
    /// <exception cref="CopyRefusedException">Another copy goes on.</exception>
    public static async Task<PostgreSqlTarget> OpenAsync(PostgreSqlStoreOptions options, CancellationToken cancellationToken)
    {
        var pool = new Pool(options);
        NpgsqlConnection? connection = null;
        try
        {
            await new Migrator(pool, options.Schema).RunAsync(cancellationToken);
            connection = await pool.OpenAsync(cancellationToken);
            var target = new PostgreSqlTarget(pool, connection, options.Schema);

            // Whole tables are read here, which the store itself never does; and a row of many megabytes takes its time.
            await target.RunAsync(
                "SET enable_seqscan = on; SET plan_cache_mode = auto; SET idle_in_transaction_session_timeout = 0; SET client_min_messages = warning",
                cancellationToken);
            if (!(bool)(await target.AskAsync($"SELECT pg_try_advisory_lock({AdvisoryLock.Keys(AdvisoryLock.Copying, options.Schema)})", cancellationToken))!)
            {
                throw new CopyRefusedException(
                    $"--schema: another copy-store is at work on schema {options.Schema}. Wait for its end, or name another schema.");
            }

            return target;
        }
        catch
        {
            await (connection?.DisposeAsync() ?? ValueTask.CompletedTask);
            await pool.DisposeAsync();
            throw;
        }
    }

    /// <summary>Notes that the copy begins, or finds it begun or done already.</summary>
    /// <exception cref="CopyRefusedException">The schema holds something else.</exception>
    public async Task<CopyState> BeginAsync(Guid source, CancellationToken cancellationToken)
    {
        if (await CopyState.ReadAsync(connection, cancellationToken) is { } state)
        {
            return state.Source == source
                ? state
                : throw new CopyRefusedException($"--schema: schema {schema} holds what was copied from another data folder. {Remedy}");
        }

        foreach (var table in StoreTable.Copied)
        {
            if (!await IsEmptyAsync(table, cancellationToken))
            {
                throw new CopyRefusedException($"--schema: schema {schema} is in use: its table {table.Name} has rows that copy-store did not bring. {Remedy}");
            }
        }

        await using var command = new NpgsqlCommand("INSERT INTO copies (source, started_at) VALUES ($1, $2)", connection);
        command.Parameters.AddWithValue(source);
        command.Parameters.AddWithValue(TimeProvider.System.GetUtcNow().UtcDateTime);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return new CopyState(source, null, null);
    }

    public async Task<bool> IsEmptyAsync(StoreTable table, CancellationToken cancellationToken) =>
        !(bool)(await AskAsync($"SELECT EXISTS (SELECT 1 FROM {table.Name})", cancellationToken))!;

    /// <summary>Replaces a table's rows, and with them those of the tables that refer to it, in one transaction.</summary>
    public async Task FillAsync(
        StoreTable table, (DateTimeOffset From, DateTimeOffset To)? range, IEnumerable<object?[]> rows, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunAsync($"TRUNCATE {table.Name} CASCADE", cancellationToken);
        foreach (var partition in Partitions(table, range))
        {
            await RunAsync(PostgreSqlRetentionStore.Make(partition), cancellationToken);
        }

        var copy = $"COPY {table.Name} ({Columns(table)}) FROM STDIN (FORMAT BINARY)";
        await using (var import = await connection.BeginBinaryImportAsync(copy, cancellationToken))
        {
            import.Timeout = Patience;
            foreach (var row in rows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await WriteAsync(import, table, row, cancellationToken);
            }

            await import.CompleteAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>What is in a table.</summary>
    public async Task<Digest> DigestAsync(StoreTable table, CancellationToken cancellationToken)
    {
        var digest = new TableDigest(table);
        var row = new object?[table.Columns.Count];
        await using var command = new NpgsqlCommand($"SELECT {Columns(table)} FROM {table.Name}", connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            }

            digest.Add(row);
        }

        return digest.Value;
    }

    /// <summary>Notes that all is here, so that nodes may start.</summary>
    public async Task FinishAsync(Guid source, string content, CancellationToken cancellationToken)
    {
        await RunAsync($"ANALYZE {string.Join(", ", StoreTable.Copied.Select(t => t.Name))}", cancellationToken);
        await using var command = new NpgsqlCommand("UPDATE copies SET finished_at = $2, content = $3 WHERE source = $1", connection);
        command.Parameters.AddWithValue(source);
        command.Parameters.AddWithValue(TimeProvider.System.GetUtcNow().UtcDateTime);
        command.Parameters.AddWithValue(content);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Closes the connection, and with it gives the schema free.</summary>
    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearPool(connection);
        await connection.DisposeAsync();
        await pool.DisposeAsync();
    }

    private string Remedy => $"Name a schema that is new, with --schema, or empty this one if nobody needs it: DROP SCHEMA {schema} CASCADE.";

    private static string Columns(StoreTable table) => string.Join(", ", table.Columns.Select(c => c.Name));

    private static async Task WriteAsync(NpgsqlBinaryImporter import, StoreTable table, object?[] row, CancellationToken cancellationToken)
    {
        await import.StartRowAsync(cancellationToken);
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] is { } value)
            {
                await import.WriteAsync(value, ColumnTypes.Of(table.Columns[i].Kind), cancellationToken);
            }
            else
            {
                await import.WriteNullAsync(cancellationToken);
            }
        }
    }

    private static IEnumerable<Partition> Partitions(StoreTable table, (DateTimeOffset From, DateTimeOffset To)? range)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (range is not var (first, last))
        {
            yield break;
        }

        var end = last < now ? last : now;
        var partition = Partition.Holding(table, first > now - Past ? first : now - Past);
        for (; partition.From <= end; partition = Partition.Holding(table, partition.To))
        {
            yield return partition;
        }
    }

    private async Task RunAsync(string statement, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<object?> AskAsync(string question, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(question, connection);
        return await command.ExecuteScalarAsync(cancellationToken);
    }
}
