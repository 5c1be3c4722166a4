using Escapement.Extensions;

namespace Escapement.Installs;

/// <summary>An install together with its version: all that a call on its behalf needs to know.</summary>
/// <param name="Install">The install.</param>
/// <param name="Version">Its version.</param>
public sealed record InstalledExtension(Install Install, ExtensionVersion Version)
{
    /// <summary>Whether a capability has effect: declared in the manifest and granted to the install, or always granted.</summary>
    public bool Can(string capability) =>
        capability == Capability.UserRead
        || (Version.Manifest.Capabilities.Contains(capability) && Install.Granted.Contains(capability));

    /// <summary>Whether its version has an endpoint that a schedule may call.</summary>
    public bool CanSchedule(EndpointKey endpoint) => Version.Endpoints.Any(e => e.Declared.Key == endpoint && e.Declared.Schedulable);
}
