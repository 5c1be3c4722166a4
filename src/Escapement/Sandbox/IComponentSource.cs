namespace Escapement.Sandbox;

/// <summary>Where a sandbox gets the code of a published version.</summary>
public interface IComponentSource
{
    /// <summary>
    /// The version's component (<c>dist/main.wasm</c> of its bundle), or null when there is none. Asked once per version and
    /// process as long as the component stays loaded, because versions are immutable.
    /// </summary>
    /// <param name="version">Which version.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<byte[]?> GetComponentAsync(VersionId version, CancellationToken cancellationToken = default);
}
