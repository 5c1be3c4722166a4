namespace Escapement.Extensions;

/// <summary>How much a bundle may ask of the host that unpacks it.</summary>
internal sealed record BundleLimits
{
    public static BundleLimits Default { get; } = new();

    /// <summary>Of the archive, in bytes.</summary>
    public int MaxCompressed { get; init; } = 64 * 1024 * 1024;

    /// <summary>Of all that is in it, headers and padding included, in bytes.</summary>
    public long MaxUnpacked { get; init; } = 256 * 1024 * 1024;

    /// <summary>Of the component, in bytes. Much larger than any that a toolchain makes of an extension, and as much as is compiled.</summary>
    public int MaxComponent { get; init; } = 64 * 1024 * 1024;

    /// <summary>Files and folders.</summary>
    public int MaxEntries { get; init; } = 10_000;

    /// <summary>How many bytes may come of one, beyond <see cref="RatioFrom"/>.</summary>
    public int MaxRatio { get; init; } = 100;

    /// <summary>Below this many unpacked bytes the ratio does not matter; small texts shrink well.</summary>
    public long RatioFrom { get; init; } = 16 * 1024 * 1024;

    /// <summary>The largest window, as a power of two, that an archive may make the decompressor keep: 64 MiB.</summary>
    public int MaxWindowLog { get; init; } = 26;

    /// <summary>The window that any archive may have: 16 MiB, which the usual levels of compression keep below.</summary>
    public int FreeWindowLog { get; init; } = 24;

    /// <summary>The largest window of an archive of so many bytes: in memory it is a few times the archive, and not the most that there may be.</summary>
    public int WindowLogOf(long compressed) =>
        Math.Clamp(64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)Math.Max(1, (4 * compressed) - 1)), FreeWindowLog, MaxWindowLog);
}
