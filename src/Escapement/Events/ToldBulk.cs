using Escapement.Audit;
using Escapement.Bulk;

namespace Escapement.Events;

/// <summary>The store of changes of many, which tells once for each part that schedules of a tenant were changed.</summary>
internal sealed class ToldBulk(IBulkStore inner, EventFeed feed) : IBulkStore
{
    public ValueTask<bool> AddAsync(BulkChange change, IReadOnlyList<BulkPart> parts, AuditEntry audit, CancellationToken cancellationToken) =>
        inner.AddAsync(change, parts, audit, cancellationToken);

    public ValueTask<BulkChange?> FindAsync(TenantId tenant, Guid id, CancellationToken cancellationToken) => inner.FindAsync(tenant, id, cancellationToken);

    public ValueTask<IReadOnlyList<BulkChange>> ListAsync(TenantId tenant, Guid? before, int limit, CancellationToken cancellationToken) =>
        inner.ListAsync(tenant, before, limit, cancellationToken);

    public ValueTask<IReadOnlyList<BulkChange>> ListRunningAsync(CancellationToken cancellationToken) => inner.ListRunningAsync(cancellationToken);

    public ValueTask<IReadOnlyList<AuditEntry>> FindEntriesAsync(TenantId tenant, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        inner.FindEntriesAsync(tenant, ids, cancellationToken);

    public ValueTask<IReadOnlyList<BulkPart>> ListPartsAsync(TenantId tenant, Guid id, int from, int limit, CancellationToken cancellationToken) =>
        inner.ListPartsAsync(tenant, id, from, limit, cancellationToken);

    public async ValueTask<BulkChange?> StepAsync(TenantId tenant, Guid id, Func<BulkChange, BulkStep> step, CancellationToken cancellationToken)
    {
        var change = await inner.StepAsync(tenant, id, step, cancellationToken);
        if (change is not null)
        {
            feed.Tell(new HostEvent(tenant, EventKind.Schedule, "changed", Id: null));
        }

        return change;
    }

    public ValueTask<BulkChange?> CancelAsync(TenantId tenant, Guid id, DateTimeOffset now, AuditEntry audit, CancellationToken cancellationToken) =>
        inner.CancelAsync(tenant, id, now, audit, cancellationToken);
}
