using System.Runtime.InteropServices;

namespace Escapement.Firing.Claiming;

/// <summary>How many runs are under way for each install and tenant, kept up to date while a claim opens more.</summary>
internal sealed class RunningCounts(ClaimRequest request)
{
    private readonly Dictionary<InstallId, int> installs = [];
    private readonly Dictionary<TenantId, int> tenants = [];

    /// <summary>The installs that have as many as they may.</summary>
    public IEnumerable<Guid> FullInstalls => installs.Where(i => i.Value >= request.MaxRunningPerInstall).Select(i => i.Key.Value);

    /// <summary>Whether the install, or its tenant, has as many as it may.</summary>
    public bool IsFull(InstallScope scope) => installs.GetValueOrDefault(scope.Install) >= request.MaxRunningPerInstall || Room(scope.Tenant) <= 0;

    /// <summary>How many more a tenant may have.</summary>
    public int Room(TenantId tenant) => request.MaxRunningPerTenant - tenants.GetValueOrDefault(tenant);

    public void Add(InstallScope scope, int count = 1)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(installs, scope.Install, out _) += count;
        CollectionsMarshal.GetValueRefOrAddDefault(tenants, scope.Tenant, out _) += count;
    }
}
