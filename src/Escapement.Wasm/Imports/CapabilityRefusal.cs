using Escapement.Installs;

namespace Escapement.Wasm.Imports;

/// <summary>Why an install may not, for its run's log.</summary>
internal static class CapabilityRefusal
{
    /// <summary>Null when it may.</summary>
    public static string? Of(InstalledExtension extension, string capability) =>
        extension.Can(capability) ? null
        : extension.Version.Manifest.Capabilities.Contains(capability) ? $"{capability} is not granted to this install."
        : $"{capability} is not declared in the manifest.";
}
