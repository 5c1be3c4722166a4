using Escapement.HostApi.Permissions;

namespace Escapement.HostApi;

/// <summary>A capability that the host offers to guests. Those that are registered make up <see cref="IHostApi"/>.</summary>
internal abstract class HostCapability
{
    private protected HostCapability(Type operations) => Operations = operations;

    /// <summary>The interface that guests call.</summary>
    internal Type Operations { get; }

    /// <summary>The operations as the install behind the gate may use them.</summary>
    internal abstract object Bind(CapabilityGate gate);
}
