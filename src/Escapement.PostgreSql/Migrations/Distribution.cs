using Escapement.PostgreSql.Connections;
using Escapement.Storage;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Escapement.PostgreSql.Migrations;

/// <summary>Whether <c>deploy/citus/distribute.sql</c> made a schema one of a Citus cluster, which wants plans to be made otherwise.</summary>
internal static class Distribution
{
    // Distributed by a column, or the same on every machine. A table that merely refers to one of those is in the catalog too.
    private const string Distributed = """
        SELECT c.relname::text
        FROM pg_dist_partition d
        JOIN pg_class c ON c.oid = d.logicalrelid
        WHERE c.relnamespace = current_schema()::regnamespace AND (d.partmethod = 'h' OR (d.partmethod = 'n' AND d.repmodel = 't'))
        """;

    /// <summary>The pool, or instead of it one that suits a distributed schema. Asked once: a schema is distributed while no node runs.</summary>
    /// <exception cref="StoreUnavailableException">Some of its tables are distributed and some are not.</exception>
    public static async ValueTask<Pool> SuitAsync(Pool pool, PostgreSqlStoreOptions options, ILogger log, CancellationToken cancellationToken)
    {
        if (await pool.AwaitAsync(ct => FindLeftBehindAsync(pool, ct), options.StartTimeout, log, cancellationToken) is not { } leftBehind)
        {
            return pool;
        }

        if (leftBehind.Count > 0)
        {
            throw new StoreUnavailableException(
                $"Schema {options.Schema} is distributed over a Citus cluster, but not all of it: {Names(leftBehind)}. Stop all nodes, " +
                $"{Remedy(options.Schema)}, and start them again. ({pool.Server})");
        }

        await pool.DisposeAsync();
        return new Pool(options, distributed: true);
    }

    /// <summary>The tables of a distributed schema that are not; null for a schema that is not distributed.</summary>
    public static ValueTask<IReadOnlyList<string>?> FindLeftBehindAsync(Pool pool, CancellationToken cancellationToken) =>
        pool.ReadAsync((session, ct) => FindLeftBehindAsync(session.Connection, ct), cancellationToken);

    /// <summary>Whether the database has Citus.</summary>
    public static async ValueTask<bool> HasCitusAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT to_regclass('pg_dist_partition') IS NOT NULL", connection);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Tables, for a sentence.</summary>
    public static string Names(IReadOnlyList<string> tables) => string.Join(", ", tables) + (tables.Count == 1 ? " is left" : " are left");

    /// <summary>What to do with tables that are left, for a sentence.</summary>
    public static string Remedy(string schema) => $"run deploy/citus/distribute.sql with -v schema={schema}, as the user that nodes connect as";

    // In two steps, because a statement cannot name a table that may not be there.
    private static async ValueTask<IReadOnlyList<string>?> FindLeftBehindAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (!await HasCitusAsync(connection, cancellationToken))
        {
            return null;
        }

        var distributed = new HashSet<string>(StringComparer.Ordinal);
        await using var command = new NpgsqlCommand(Distributed, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            distributed.Add(reader.GetString(0));
        }

        return distributed.Count == 0 ? null : [.. StoreTable.All.Select(t => t.Name).Where(n => !distributed.Contains(n))];
    }
}
