using System.Collections.Frozen;
using Escapement.Audit;
using Escapement.HostApi.Permissions;
using Escapement.Installs;

namespace Escapement.HostApi;

/// <summary>Binds the host API to installs.</summary>
public sealed class HostApiFactory
{
    private readonly FrozenDictionary<Type, HostCapability> capabilities;
    private readonly AuditLog audit;
    private readonly TimeProvider time;

    /// <summary>Makes the factory.</summary>
    /// <param name="capabilities">What the host offers, each capability once.</param>
    /// <param name="audit">Gets an entry of each call that leaves none by itself.</param>
    /// <param name="time">The clock of these entries.</param>
    internal HostApiFactory(IEnumerable<HostCapability> capabilities, AuditLog audit, TimeProvider time)
    {
        this.capabilities = capabilities.ToFrozenDictionary(c => c.Operations);
        this.audit = audit;
        this.time = time;
    }

    /// <summary>The host API as this install may use it: scoped to it, with its capabilities and endpoints as they are now.</summary>
    public IHostApi For(InstalledExtension extension) => new Bound(capabilities, new CapabilityGate(extension, audit, time));

    private sealed class Bound(FrozenDictionary<Type, HostCapability> capabilities, CapabilityGate gate) : IHostApi
    {
        public T Get<T>()
            where T : class =>
            capabilities.TryGetValue(typeof(T), out var capability)
                ? (T)capability.Bind(gate)
                : throw new InvalidOperationException($"The host does not offer {typeof(T).Name}.");
    }
}
