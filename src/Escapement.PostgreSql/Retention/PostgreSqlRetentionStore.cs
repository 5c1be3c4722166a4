using System.Globalization;
using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;
using Escapement.Retention;
using Escapement.Storage;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Escapement.PostgreSql.Retention;

/// <summary>
/// Makes partitions ahead of time and drops those that are old, of each table with history. What lies outside all of them is deleted
/// row by row, in small batches. One node at a time; the others find nothing to do.
/// </summary>
internal sealed class PostgreSqlRetentionStore(Pool pool, string schema, ILogger logger) : IRetentionStore
{
    private const int Batch = 1_000;

    // Making or dropping a partition waits for a lock on its table that everybody else waits behind: rather try again later.
    private const string ShortLock = "SET LOCAL lock_timeout = '500ms'";

    // So that the machines of a distributed database keep to it as well.
    private const string OnAllMachines = "SET LOCAL citus.propagate_set_commands = 'local'";

    public async ValueTask<RetentionStep> StepAsync(RetentionCutoffs cutoffs, CancellationToken cancellationToken) =>
        await AloneAsync(
            async (session, ct) =>
            {
                await MakeAheadAsync(session, cutoffs, ct);
                var dropped = await DropOldAsync(session, cutoffs, ct);
                var rows = await DeleteAsync(session, cutoffs, ct);
                return new RetentionStep(rows.Sum(), dropped, rows.Exists(r => r >= Batch));
            },
            cancellationToken) ?? new RetentionStep(0, 0, false);

    /// <summary>
    /// Makes the partitions that hold now and what is to come. The one before is made by a step, which knows whether it would be dropped
    /// at once.
    /// </summary>
    public async ValueTask MakeAheadAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        await AloneAsync(
            async (session, ct) =>
            {
                await MakeAheadAsync(session, new RetentionCutoffs(now, now, now), ct);
                return new RetentionStep(0, 0, false);
            },
            cancellationToken);

    /// <summary>The statement that makes a partition, unless it is there.</summary>
    public static string Make(Partition partition) =>
        $"CREATE TABLE IF NOT EXISTS {partition.Name} PARTITION OF {partition.Table.Name} " +
        $"FOR VALUES FROM ('{Instant(partition.From)}') TO ('{Instant(partition.To)}')";

    // Null while another node is at it.
    private ValueTask<RetentionStep?> AloneAsync(Func<Session, CancellationToken, ValueTask<RetentionStep>> work, CancellationToken cancellationToken) =>
        pool.WriteAsync(
            async (session, ct) =>
            {
                var connection = session.Connection;
                if (!await AskAsync(connection, $"SELECT pg_try_advisory_lock({AdvisoryLock.Keys(AdvisoryLock.Retention, schema)})", ct))
                {
                    return null;
                }

                try
                {
                    return (RetentionStep?)await work(session, ct);
                }
                finally
                {
                    await AdvisoryLock.ReleaseAsync(connection, AdvisoryLock.Retention, schema);
                }
            },
            cancellationToken);

    private async ValueTask MakeAheadAsync(Session session, RetentionCutoffs cutoffs, CancellationToken cancellationToken)
    {
        var there = (await ListAsync(session, cancellationToken)).ToHashSet(StringComparer.Ordinal);
        foreach (var partition in Partition.Wanted(cutoffs).Where(p => !there.Contains(p.Name)))
        {
            await TryAsync(session.Connection, partition, Make(partition), cancellationToken);
        }
    }

    private async ValueTask<int> DropOldAsync(Session session, RetentionCutoffs cutoffs, CancellationToken cancellationToken)
    {
        var dropped = 0;
        foreach (var name in await ListAsync(session, cancellationToken))
        {
            if (Partition.OfName(name) is { } partition && partition.IsTooOld(cutoffs))
            {
                dropped += await TryAsync(session.Connection, partition, $"DROP TABLE {name}", cancellationToken) ? 1 : 0;
            }
        }

        return dropped;
    }

    private async ValueTask<List<long>> DeleteAsync(Session session, RetentionCutoffs cutoffs, CancellationToken cancellationToken)
    {
        var rows = new List<long>();
        foreach (var table in StoreTable.WithHistory)
        {
            rows.Add(await DeleteAsync(session, $"delete_old_{table.Name}", table.Name, table.History!.KeptFrom(cutoffs), cancellationToken));
        }

        rows.Add(await DeleteAsync(session, "delete_old_definitions", "schedule_definitions", cutoffs.Runs, cancellationToken));
        rows.Add(await DeleteAsync(session, "delete_expired_audit_values", "audit_values", cutoffs.Undo, cancellationToken));
        await DeleteAsync(session, "delete_expired_bulk_parts", "bulk_parts", cutoffs.Undo, cancellationToken);
        await DeleteAsync(session, "delete_expired_bulk_changes", "bulk_changes", cutoffs.Undo, cancellationToken);
        rows.Add(await DeleteAsync(session, "delete_expired_schedules", "removed_schedules", cutoffs.Removed, cancellationToken));
        await DeleteAsync(session, "delete_expired_nodes", "nodes", cutoffs.Runs, cancellationToken);
        await DeleteAsync(session, "delete_expired_outages", "outages", cutoffs.Runs, cancellationToken);
        await DeleteAsync(session, "delete_expired_pauses", "pauses", cutoffs.Removed, cancellationToken);
        await DeleteAsync(session, "delete_expired_capability_uses", "capability_uses", cutoffs.Removed, cancellationToken);
        rows.Add(await DeleteAsync(session, "delete_expired_installs", "removed_installs", cutoffs.Removed, cancellationToken));

        return rows;
    }

    // Bucket by bucket: a distributed database deletes so many and no more on one shard only.
    private async ValueTask<long> DeleteAsync(
        Session session, string statement, string table, DateTimeOffset? before, CancellationToken cancellationToken)
    {
        long rows = 0;
        for (short bucket = 0; before is { } cutoff && bucket < Bucket.Count && rows < Batch; bucket++)
        {
            session.Sql(statement).Set("bucket", bucket).Set("before", cutoff).Set("limit", Batch - rows);
            try
            {
                rows += await session.RunAsync(cancellationToken);
            }
            catch (PostgresException e) when (PostgreSqlFailure.IsOfAMachine(e))
            {
                PostgreSqlLog.PartitionDelayed(logger, $"{table}, bucket {bucket}", e.MessageText);
            }
        }

        return rows;
    }

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private async ValueTask<bool> TryAsync(NpgsqlConnection connection, Partition partition, string change, CancellationToken cancellationToken)
    {
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            if (pool.IsDistributed)
            {
                await RunAsync(connection, OnAllMachines, cancellationToken);
            }

            await RunAsync(connection, ShortLock, cancellationToken);
            await RunAsync(connection, change, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return true;
        }
        catch (PostgresException e)
            when (e.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.CheckViolation or PostgresErrorCodes.DuplicateTable
                || PostgreSqlFailure.IsOfAMachine(e))
        {
            // Somebody reads for long; rows of that range lie in the table for the rest, which serves them as well; or a machine of a
            // distributed database is away.
            PostgreSqlLog.PartitionDelayed(logger, partition.Name, e.MessageText);
            return false;
        }
    }

    private static async ValueTask<List<string>> ListAsync(Session session, CancellationToken cancellationToken)
    {
        session.Sql("list_partitions").Set("tables", StoreTable.WithHistory.Select(t => t.Name));
        await using var rows = await session.OpenAsync(cancellationToken);
        return await rows.ListAsync(r => r.Text(0), cancellationToken);
    }

    private static async ValueTask<bool> AskAsync(NpgsqlConnection connection, string question, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(question, connection);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async ValueTask RunAsync(NpgsqlConnection connection, string statement, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
