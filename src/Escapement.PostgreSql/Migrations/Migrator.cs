using Escapement.PostgreSql.Connections;
using Npgsql;

namespace Escapement.PostgreSql.Migrations;

/// <summary>
/// Brings a schema to its newest form: numbered scripts, forward only, each in a transaction of its own. Nodes that start
/// together wait for one another; the first does the work.
/// </summary>
/// <param name="pool">Where.</param>
/// <param name="schema">Which schema; a name that was checked.</param>
/// <param name="scripts">The scripts, in order; null for those of this program.</param>
internal sealed class Migrator(Pool pool, string schema, IReadOnlyList<Migration>? scripts = null)
{
    private const int OldestServer = 15;

    private readonly IReadOnlyList<Migration> migrations = scripts ?? Migration.All;

    /// <summary>The number of the newest schema that this program knows.</summary>
    public static int Newest => Migration.All[^1].Number;

    private string Which => $"Schema {schema} of {pool.Server[0..1].ToLowerInvariant()}{pool.Server[1..]}";

    /// <summary>Runs what is missing; answers the numbers before and after.</summary>
    /// <exception cref="StoreUnavailableException">The server is too old, or the schema is newer than this program.</exception>
    public ValueTask<(int From, int To)> RunAsync(CancellationToken cancellationToken) => pool.ReadAsync(
        async (session, ct) =>
        {
            var connection = session.Connection;
            if (connection.PostgreSqlVersion.Major < OldestServer)
            {
                throw new StoreUnavailableException($"{pool.Server} is PostgreSQL {connection.PostgreSqlVersion}; {OldestServer} or later is needed.");
            }

            await RunAsync(connection, $"SELECT pg_advisory_lock({AdvisoryLock.Keys(AdvisoryLock.Migration, schema)})", ct);
            try
            {
                return await BringAsync(connection, ct);
            }
            finally
            {
                await AdvisoryLock.ReleaseAsync(connection, AdvisoryLock.Migration, schema);
            }
        },
        cancellationToken);

    private async ValueTask<(int From, int To)> BringAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var from = await NumberAsync(connection, cancellationToken);
        var newest = migrations[^1].Number;
        if (from > newest)
        {
            throw new StoreUnavailableException(
                $"{Which} has number {from}, but this program knows only up to {newest}: a newer program has written it. " +
                "Run that version or a later one; a node of an older version cannot join.");
        }

        if (from < newest)
        {
            // Citus changes the shards of a table side by side, on many connections, and then refuses to change in the same transaction
            // a table that this one refers to. One after the other it does not.
            var begin = await Distribution.HasCitusAsync(connection, cancellationToken) ? "SET LOCAL citus.multi_shard_modify_mode TO 'sequential'" : null;
            foreach (var migration in migrations.Where(m => m.Number > from))
            {
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                await ApplyAsync(connection, migration, begin, from, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }
        }

        return (from, newest);
    }

    private async ValueTask ApplyAsync(NpgsqlConnection connection, Migration migration, string? begin, int from, CancellationToken cancellationToken)
    {
        try
        {
            if (begin is not null)
            {
                await RunAsync(connection, begin, cancellationToken);
            }

            await RunAsync(connection, migration.Script, cancellationToken);
            await RunAsync(
                connection,
                $"INSERT INTO migrations (number, name, applied_at) VALUES ({migration.Number}, '{migration.Name}', clock_timestamp())",
                cancellationToken);
        }
        catch (PostgresException e) when (from == 0 && e.SqlState is PostgresErrorCodes.DuplicateTable or PostgresErrorCodes.DuplicateObject)
        {
            throw new StoreUnavailableException(
                $"{Which} holds something else already: {e.MessageText}. Nothing was changed. " +
                "Name a schema of Escapement's own in PostgreSql:Schema; it is made if it is not there.", e);
        }
    }

    private async ValueTask<int> NumberAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // Asked first: a distributed database sends what makes a schema to all of its machines, even if there is nothing to make.
        if (!await AskAsync<bool>(connection, $"SELECT to_regclass('{schema}.migrations') IS NOT NULL", cancellationToken))
        {
            await RunAsync(connection, $"SET client_min_messages = warning; CREATE SCHEMA IF NOT EXISTS {schema}", cancellationToken);
            await RunAsync(
                connection,
                "CREATE TABLE IF NOT EXISTS migrations (number integer NOT NULL PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL)",
                cancellationToken);
        }

        return await AskAsync<int>(connection, "SELECT coalesce(max(number), 0) FROM migrations", cancellationToken);
    }

    private static async ValueTask<T> AskAsync<T>(NpgsqlConnection connection, string question, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(question, connection);
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    // Scripts are texts of this program's own files and numbers, and the schema's name was checked.
    private static async ValueTask RunAsync(NpgsqlConnection connection, string script, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(script, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
