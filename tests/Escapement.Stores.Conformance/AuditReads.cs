using Escapement.Audit;

namespace Escapement.Stores.Conformance;

/// <summary>The audit as most facts look at it.</summary>
internal static class AuditReads
{
    /// <summary>A tenant's entries, or an install's, the newest first.</summary>
    public static ValueTask<IReadOnlyList<AuditEntry>> ListAsync(
        this IAuditStore store, TenantId? tenant, int limit, InstallId? install = null) => store.ListAsync(new AuditWalk(tenant) { Install = install }, limit);
}
