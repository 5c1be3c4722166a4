using System.Runtime.InteropServices;

namespace Escapement.Firing.Claiming;

/// <summary>How many runs are under way for each install and tenant, kept up to date while a claim opens more.</summary>
internal sealed class RunningCounts(ClaimRequest request)
{
    private readonly Dictionary<InstallId, int> installs = [];
    private readonly Dictionary<TenantId, int> tenants = [];
    private readonly Dictionary<TenantId, int> roomHere = [];

    /// <summary>The installs that have as many as they may.</summary>
    public IEnumerable<Guid> FullInstalls => installs.Where(i => i.Value >= request.MaxRunningPerInstall).Select(i => i.Key.Value);

    /// <summary>Whether the install, or its tenant, has as many as it may.</summary>
    public bool IsFull(InstallScope scope) => IsInstallFull(scope.Install) || Room(scope.Tenant) <= 0;

    /// <summary>Whether an install has as many as it may.</summary>
    public bool IsInstallFull(InstallId install) => installs.GetValueOrDefault(install) >= request.MaxRunningPerInstall;

    /// <summary>How many more a tenant may have: on all nodes together, and on the one that asks.</summary>
    public int Room(TenantId tenant) => Math.Min(request.MaxRunningPerTenant - tenants.GetValueOrDefault(tenant), RoomHere(tenant));

    /// <summary>Counts a run that the node which asks opens now.</summary>
    public void Open(InstallScope scope)
    {
        roomHere[scope.Tenant] = RoomHere(scope.Tenant) - 1;
        Add(scope, 1);
    }

    /// <summary>Counts runs that are under way, on whichever node.</summary>
    public void Add(InstallScope scope, int count)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(installs, scope.Install, out _) += count;
        CollectionsMarshal.GetValueRefOrAddDefault(tenants, scope.Tenant, out _) += count;
    }

    // Asked once for a tenant: runs that end while a claim is made are the next one's.
    private int RoomHere(TenantId tenant)
    {
        ref var room = ref CollectionsMarshal.GetValueRefOrAddDefault(roomHere, tenant, out var known);
        return known ? room : room = request.RoomHere(tenant);
    }
}
