namespace Escapement.Extensions;

/// <summary>Archives that are taken for bundles by mistake, known by how they begin.</summary>
internal static class OtherArchive
{
    // Where a tar that is not compressed says what it is.
    private const int TarMarkAt = 257;

    /// <summary>What an archive is, for a sentence; null when it is none of these.</summary>
    public static string? Recognise(Stream archive)
    {
        archive.Position = 0;
        Span<byte> start = stackalloc byte[TarMarkAt + 5];
        start = start[..archive.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        return start.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]) ? "compressed by gzip"
            : start.StartsWith("BZh"u8) ? "compressed by bzip2"
            : start.StartsWith((ReadOnlySpan<byte>)[0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z']) ? "compressed by xz"
            : start.StartsWith("PK"u8) ? "a zip file"
            : start.EndsWith("ustar"u8) ? "a tar that is not compressed"
            : null;
    }
}
