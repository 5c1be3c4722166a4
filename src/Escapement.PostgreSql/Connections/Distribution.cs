using Npgsql;

namespace Escapement.PostgreSql.Connections;

/// <summary>Whether <c>deploy/citus/distribute.sql</c> made a schema one of a Citus cluster, which wants plans to be made otherwise.</summary>
internal static class Distribution
{
    /// <summary>The pool, or instead of it one that suits a distributed schema. Asked once: a schema is distributed while no node runs.</summary>
    public static async ValueTask<Pool> SuitAsync(Pool pool, PostgreSqlStoreOptions options, CancellationToken cancellationToken)
    {
        if (!await pool.ReadAsync((session, ct) => IsDistributedAsync(session.Connection, ct), cancellationToken))
        {
            return pool;
        }

        await pool.DisposeAsync();
        return new Pool(options, distributed: true);
    }

    // In two steps, because a statement cannot name a table that may not be there.
    private static async ValueTask<bool> IsDistributedAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        await AskAsync(connection, "SELECT to_regclass('pg_dist_partition') IS NOT NULL", cancellationToken)
        && await AskAsync(connection, "SELECT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'schedules'::regclass)", cancellationToken);

    private static async ValueTask<bool> AskAsync(NpgsqlConnection connection, string question, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(question, connection);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
