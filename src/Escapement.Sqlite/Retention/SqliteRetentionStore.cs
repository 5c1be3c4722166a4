using System.Buffers.Binary;
using Escapement.Retention;
using Escapement.Sqlite.Connections;

namespace Escapement.Sqlite.Retention;

/// <summary>Deletes old history in small batches, each a change of its own for the writer, so that firing goes on between them.</summary>
internal sealed class SqliteRetentionStore(WriteQueue writer) : IRetentionStore
{
    private const int Batch = 500;

    // How many tenants one step looks at: most have nothing to remove, and each look is one step into the key.
    private const int TenantsAtOnce = 200;

    private readonly Lock gate = new();

    // Where the round of the audit's tenants is. Before the first, which is the registry's, named by an empty text.
    private string? lastTenant;

    public ValueTask<RetentionStep> StepAsync(RetentionCutoffs cutoffs, CancellationToken cancellationToken) =>
        writer.WriteAsync(db => Step(db, cutoffs), cancellationToken);

    private RetentionStep Step(Database database, RetentionCutoffs cutoffs)
    {
        var runs = cutoffs.Runs is { } oldRuns
            ? database.Sql("delete_old_runs").Set("before", FirstIdOf(oldRuns)).Set("limit", (long)Batch).Run()
            : 0;
        var calls = cutoffs.Runs is { } oldCalls
            ? database.Sql("delete_old_calls").Set("before", FirstIdOf(oldCalls)).Set("limit", (long)Batch).Run()
            : 0;
        var payloads = cutoffs.Runs is { } oldPayloads
            ? database.Sql("delete_old_past_payloads").Set("before", oldPayloads).Set("limit", (long)Batch).Run()
            : 0;
        var definitions = cutoffs.Runs is { } oldDefinitions
            ? database.Sql("delete_old_definitions").Set("before", oldDefinitions).Set("limit", (long)Batch).Run()
            : 0;
        DeleteNodes(database, cutoffs.Runs);
        var (audit, more) = cutoffs.Audit is { } oldAudit ? DeleteAudit(database, FirstIdOf(oldAudit)) : (0, false);
        var removed = cutoffs.Removed is { } oldest ? DeleteRemoved(database, oldest) : 0;
        var values = cutoffs.Undo is { } undo ? DeleteUndo(database, undo) : 0;
        int[] each = [runs, calls, payloads, definitions, removed, values];
        return new RetentionStep(each.Sum() + audit, 0, more || each.Any(deleted => deleted >= Batch));
    }

    private (int Deleted, bool More) DeleteAudit(Database database, Guid before)
    {
        lock (gate)
        {
            var deleted = 0;
            for (var i = 0; i < TenantsAtOnce; i++)
            {
                var tenant = lastTenant is null ? "" : Next(database, lastTenant);
                if (tenant is null)
                {
                    lastTenant = null;
                    return (deleted, false);
                }

                deleted += database.Sql("delete_old_audit").Set("tenant", tenant).Set("before", before).Set("limit", (long)(Batch - deleted)).Run();
                if (deleted >= Batch)
                {
                    // This tenant may have more: the next step begins with it again.
                    return (deleted, true);
                }

                lastTenant = tenant;
            }

            return (deleted, true);
        }
    }

    // Few: a row for each process, and for each time without one.
    private static void DeleteNodes(Database database, DateTimeOffset? before)
    {
        if (before is { } cutoff)
        {
            database.Sql("delete_expired_nodes").Set("before", cutoff).Set("limit", (long)Batch).Run();
            database.Sql("delete_expired_outages").Set("before", cutoff).Set("limit", (long)Batch).Run();
        }
    }

    private static int DeleteRemoved(Database database, DateTimeOffset before)
    {
        var schedules = database.Sql("delete_expired_schedules").Set("before", before).Set("limit", (long)Batch).Run();
        database.Sql("delete_expired_pauses").Set("before", before).Set("limit", (long)Batch).Run();
        database.Sql("delete_expired_capability_uses").Set("before", before).Set("limit", (long)Batch).Run();
        return schedules + database.Sql("delete_expired_installs").Set("before", before).Set("limit", (long)Batch).Run();
    }

    private static int DeleteUndo(Database database, DateTimeOffset before)
    {
        // A change of many goes after its parts.
        database.Sql("delete_expired_bulk_parts").Set("before", before).Set("limit", (long)Batch).Run();
        database.Sql("delete_expired_bulk_changes").Set("before", before).Set("limit", (long)Batch).Run();
        return database.Sql("delete_expired_audit_values").Set("before", before).Set("limit", (long)Batch).Run();
    }

    private static string? Next(Database database, string after)
    {
        using var rows = database.Sql("next_audit_tenant").Set("after", after).Open();
        return rows.Read() ? rows.TextOrNull(0) : null;
    }

    // The smallest id that a row made at this instant can have: version 7 of RFC 9562 begins with unix milliseconds.
    private static Guid FirstIdOf(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Math.Max(0, at.ToUnixTimeMilliseconds()) << 16);
        return new Guid(bytes, bigEndian: true);
    }
}
