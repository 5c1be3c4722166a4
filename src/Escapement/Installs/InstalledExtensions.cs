using Escapement.Extensions;

namespace Escapement.Installs;

/// <summary>Finds installs together with the version that they are of.</summary>
public sealed class InstalledExtensions
{
    private readonly IInstallStore installs;
    private readonly VersionCatalog versions;

    /// <summary>Makes the look-up over a store and a catalogue.</summary>
    internal InstalledExtensions(IInstallStore installs, VersionCatalog versions)
    {
        this.installs = installs;
        this.versions = versions;
    }

    /// <summary>One install, or null when the tenant has none of that id, or its version is not there.</summary>
    public async ValueTask<InstalledExtension?> GetAsync(InstallScope scope, CancellationToken cancellationToken = default) =>
        await installs.GetAsync(scope, cancellationToken) is { } install ? await WithVersionAsync(install, cancellationToken) : null;

    /// <summary>A tenant's install of an extension, or null.</summary>
    public async ValueTask<InstalledExtension?> FindAsync(TenantId tenant, string extensionId, CancellationToken cancellationToken = default) =>
        await installs.FindAsync(tenant, extensionId, cancellationToken) is { } install ? await WithVersionAsync(install, cancellationToken) : null;

    /// <summary>All of a tenant's, oldest first, without those whose version is not there.</summary>
    public async ValueTask<IReadOnlyList<InstalledExtension>> ListAsync(TenantId tenant, CancellationToken cancellationToken = default)
    {
        var found = new List<InstalledExtension>();
        foreach (var install in await installs.ListAsync(tenant, cancellationToken))
        {
            if (await WithVersionAsync(install, cancellationToken) is { } extension)
            {
                found.Add(extension);
            }
        }

        return found;
    }

    /// <summary>Several installs at once, for the firing path; those that are gone are missing from the answer.</summary>
    internal ValueTask<IReadOnlyList<Install>> GetManyAsync(IReadOnlyCollection<InstallScope> scopes, CancellationToken cancellationToken = default) =>
        installs.GetManyAsync(scopes, cancellationToken);

    /// <summary>An install with its version; null when the version is not there.</summary>
    internal async ValueTask<InstalledExtension?> WithVersionAsync(Install install, CancellationToken cancellationToken = default) =>
        await versions.GetAsync(install.Version, cancellationToken) is { } version ? new InstalledExtension(install, version) : null;
}
