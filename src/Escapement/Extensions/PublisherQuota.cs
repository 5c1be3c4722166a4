namespace Escapement.Extensions;

/// <summary>How much there may be of one publisher, on all nodes together.</summary>
/// <param name="Bytes">Of bundles and manifests that are kept, and of what was withdrawn of manifests.</param>
/// <param name="Waiting">
/// Versions that wait for their first compilation: that are not withdrawn, and whose component no engine has compiled or refused for good.
/// </param>
internal sealed record PublisherQuota(long Bytes = long.MaxValue, long Waiting = long.MaxValue)
{
    /// <summary>How many versions of one publisher may wait for their first compilation.</summary>
    public const int MostWaiting = 500;
}
