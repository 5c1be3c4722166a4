namespace Escapement.Extensions;

/// <summary>The method and path that name an endpoint within a version; what a schedule calls.</summary>
/// <param name="Method">Upper case.</param>
/// <param name="Path">Starts with a slash.</param>
public readonly record struct EndpointKey(string Method, string Path)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Method} {Path}";
}
