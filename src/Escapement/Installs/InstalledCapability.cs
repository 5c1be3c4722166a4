namespace Escapement.Installs;

/// <summary>A capability of an install.</summary>
/// <param name="Scope">The install.</param>
/// <param name="Capability">The capability.</param>
internal readonly record struct InstalledCapability(InstallScope Scope, string Capability) : IComparable<InstalledCapability>
{
    /// <inheritdoc/>
    public int CompareTo(InstalledCapability other) =>
        Scope.Install.Value.CompareTo(other.Scope.Install.Value) is var order and not 0
            ? order
            : string.CompareOrdinal(Capability, other.Capability);
}
