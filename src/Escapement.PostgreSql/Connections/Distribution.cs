using Microsoft.Extensions.Logging;
using Npgsql;

namespace Escapement.PostgreSql.Connections;

/// <summary>Whether <c>deploy/citus/distribute.sql</c> made a schema one of a Citus cluster, which wants plans to be made otherwise.</summary>
internal static class Distribution
{
    /// <summary>The pool, or instead of it one that suits a distributed schema. Asked once: a schema is distributed while no node runs.</summary>
    public static async ValueTask<Pool> SuitAsync(Pool pool, PostgreSqlStoreOptions options, ILogger log, CancellationToken cancellationToken)
    {
        if (!await pool.AwaitAsync(AskAsync, options.StartTimeout, log, cancellationToken))
        {
            return pool;
        }

        await pool.DisposeAsync();
        return new Pool(options, distributed: true);

        ValueTask<bool> AskAsync(CancellationToken ct) => pool.ReadAsync((session, c) => IsDistributedAsync(session.Connection, c), ct);
    }

    // In two steps, because a statement cannot name a table that may not be there.
    private static async ValueTask<bool> IsDistributedAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        await IsTrueAsync(connection, "SELECT to_regclass('pg_dist_partition') IS NOT NULL", cancellationToken)
        && await IsTrueAsync(connection, "SELECT EXISTS (SELECT 1 FROM pg_dist_partition WHERE logicalrelid = 'schedules'::regclass)", cancellationToken);

    private static async ValueTask<bool> IsTrueAsync(NpgsqlConnection connection, string question, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(question, connection);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
