using Escapement.Extensions;
using Escapement.Sandbox;

namespace Escapement.AspNetCore.Components;

/// <summary>Takes the component of a version out of its stored bundle.</summary>
internal sealed class StoredComponents(IVersionStore versions) : IComponentSource
{
    public async ValueTask<byte[]?> GetComponentAsync(VersionId version, CancellationToken cancellationToken = default) =>
        await versions.GetBundleAsync(version, cancellationToken) is { } bundle
            ? BundleFile.Read(bundle, BundleReader.ComponentPath, BundleLimits.Default.MaxComponent)
            : null;
}
