using Escapement.Audit;
using Escapement.Bulk;
using Escapement.PostgreSql.Audit;
using Escapement.PostgreSql.Connections;
using Escapement.PostgreSql.Tenancy;
using Escapement.StoredForms;

namespace Escapement.PostgreSql.Bulk;

/// <inheritdoc/>
internal sealed class PostgreSqlBulkStore(Pool pool, TimeProvider time) : IBulkStore
{
    public ValueTask<bool> AddAsync(BulkChange change, IReadOnlyList<BulkPart> parts, AuditEntry audit, CancellationToken cancellationToken) =>
        pool.WriteAsync(
            async (session, ct) =>
            {
                var bucket = Bucket.Of(change.Tenant);
                StoredBulk.Write(session.Begin().Sql("add_bulk_change"), change).Set("bucket", bucket);
                var added = await session.RunAsync(ct) > 0;
                if (added)
                {
                    foreach (var part in parts)
                    {
                        StoredBulk.WritePart(session.Sql("add_bulk_part"), change.Id, part).Set("bucket", bucket);
                    }

                    AuditRow.Append(session, audit);
                }

                await session.Commit().RunAsync(ct);
                return added;
            },
            cancellationToken);

    public ValueTask<BulkChange?> FindAsync(TenantId tenant, Guid id, CancellationToken cancellationToken) =>
        pool.FirstAsync(One("find_bulk_change", tenant, id), StoredBulk.Read, cancellationToken);

    public ValueTask<IReadOnlyList<BulkChange>> ListAsync(TenantId tenant, Guid? before, int limit, CancellationToken cancellationToken) => pool.ListAsync(
        BatchStatement.Of("list_bulk_changes")
            .Set("bucket", Bucket.Of(tenant))
            .Set("tenant", tenant.Value)
            .Set("before", before ?? Guid.AllBitsSet)
            .Set("limit", (long)limit),
        StoredBulk.Read,
        cancellationToken);

    public ValueTask<IReadOnlyList<BulkChange>> ListRunningAsync(CancellationToken cancellationToken) =>
        pool.ListAsync(BatchStatement.Of("list_running_bulk_changes"), StoredBulk.Read, cancellationToken);

    public ValueTask<IReadOnlyList<BulkPart>> ListPartsAsync(
        TenantId tenant, Guid id, int from, int limit, CancellationToken cancellationToken) =>
        pool.ListAsync(Parts(tenant, id, from, limit), StoredBulk.ReadPart, cancellationToken);

    public ValueTask<IReadOnlyList<AuditEntry>> FindEntriesAsync(TenantId tenant, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        pool.ListAsync(
            [.. ids.Select(id => BatchStatement.Of("find_audit").Set("bucket", Bucket.Of(tenant)).Set("tenant", tenant.Value).Set("id", id))],
            StoredAuditEntry.Read,
            cancellationToken);

    public ValueTask<BulkChange?> StepAsync(
        TenantId tenant, Guid id, Func<BulkChange, BulkStep> step, CancellationToken cancellationToken) => pool.WriteAsync(
        async (session, ct) =>
        {
            BulkChange? change;
            await using (var rows = await session.Begin().Add(One("hold_bulk_change", tenant, id)).OpenAsync(ct))
            {
                change = await rows.FirstAsync(StoredBulk.Read, ct);
            }

            if (change is not null)
            {
                change = await PartOfBulk.CarryOutAsync(session, change, step(change), time, ct);
            }

            await session.Commit().RunAsync(ct);
            return change;
        },
        cancellationToken);

    public ValueTask<BulkChange?> CancelAsync(
        TenantId tenant, Guid id, DateTimeOffset now, AuditEntry audit, CancellationToken cancellationToken) => pool.WriteAsync(
        async (session, ct) =>
        {
            session.Begin().Add(One("cancel_bulk_change", tenant, id).Set("state", (int)BulkState.Cancelled).Set("now", now));
            if (await session.RunAsync(ct) == 0)
            {
                await session.Commit().RunAsync(ct);
                return null;
            }

            AuditRow.Append(session, audit);
            session.Add(One("find_bulk_change", tenant, id));
            BulkChange? ended;
            await using (var rows = await session.OpenAsync(ct))
            {
                ended = await rows.FirstAsync(StoredBulk.Read, ct);
            }

            await session.Commit().RunAsync(ct);
            return ended;
        },
        cancellationToken);

    /// <summary>The question for parts of a change, from one on.</summary>
    public static BatchStatement Parts(TenantId tenant, Guid id, int from, int limit) => BatchStatement.Of("list_bulk_parts")
        .Set("bucket", Bucket.Of(tenant))
        .Set("bulk", id)
        .Set("from", from)
        .Set("limit", (long)limit);

    private static BatchStatement One(string statement, TenantId tenant, Guid id) =>
        BatchStatement.Of(statement).Set("bucket", Bucket.Of(tenant)).Set("id", id).Set("tenant", tenant.Value);
}
