using Escapement.Audit;

namespace Escapement.Bulk;

/// <summary>Changes of many schedules, in parts. A part is one transaction: its schedules, their audit entries, and how far the change is.</summary>
internal interface IBulkStore
{
    /// <summary>Keeps a change that is to be carried out; false when the tenant has one that goes on.</summary>
    ValueTask<bool> AddAsync(BulkChange change, IReadOnlyList<BulkPart> parts, AuditEntry audit, CancellationToken cancellationToken = default);

    /// <summary>One change, or null.</summary>
    ValueTask<BulkChange?> FindAsync(TenantId tenant, Guid id, CancellationToken cancellationToken = default);

    /// <summary>A tenant's, newest first.</summary>
    ValueTask<IReadOnlyList<BulkChange>> ListAsync(TenantId tenant, Guid? before, int limit, CancellationToken cancellationToken = default);

    /// <summary>All tenants' that go on.</summary>
    ValueTask<IReadOnlyList<BulkChange>> ListRunningAsync(CancellationToken cancellationToken = default);

    /// <summary>Parts of a change, from one on.</summary>
    ValueTask<IReadOnlyList<BulkPart>> ListPartsAsync(
        TenantId tenant, Guid id, int from, int limit, CancellationToken cancellationToken = default);

    /// <summary>Those of a tenant's audit entries that have these ids and are kept, in no order.</summary>
    ValueTask<IReadOnlyList<AuditEntry>> FindEntriesAsync(
        TenantId tenant, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default);

    /// <summary>Carries the next part out; null when the change goes on no more, or another node is at it.</summary>
    ValueTask<BulkChange?> StepAsync(TenantId tenant, Guid id, Func<BulkChange, BulkStep> step, CancellationToken cancellationToken = default);

    /// <summary>Ends a change that goes on, as it is; null when none of that id does.</summary>
    ValueTask<BulkChange?> CancelAsync(TenantId tenant, Guid id, DateTimeOffset now, AuditEntry audit, CancellationToken cancellationToken = default);
}
