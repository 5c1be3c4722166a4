using Escapement.Audit;

namespace Escapement.Stores.Conformance;

/// <summary>The audit as most facts look at it.</summary>
internal static class AuditReads
{
    /// <summary>A tenant's entries, or an install's, the newest first.</summary>
    public static ValueTask<IReadOnlyList<AuditEntry>> ListAsync(
        this IAuditStore store, TenantId? tenant, InstallId? install, Guid? before, int limit, CancellationToken cancellationToken = default) =>
        store.ListAsync(new AuditWalk(tenant) { Install = install, Before = before ?? Guid.AllBitsSet }, limit, cancellationToken);
}
