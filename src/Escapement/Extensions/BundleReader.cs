using System.Formats.Tar;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Escapement.Extensions;

/// <summary>
/// Reads a bundle: a <c>.tar.zst</c> that holds <c>manifest.json</c>, the component at <c>dist/main.wasm</c>, and assets
/// (contract section 6). Nothing is written anywhere, and nothing is kept beyond the manifest. At most 64 MiB packed, 256 MiB unpacked,
/// 64 MiB of component, 10,000 entries.
/// </summary>
internal static class BundleReader
{
    /// <summary>Where the manifest is.</summary>
    public const string ManifestPath = "manifest.json";

    /// <summary>Where the component is.</summary>
    public const string ComponentPath = "dist/main.wasm";

    /// <summary>Reads a bundle, or says everything that is wrong with it. A manifest's problem has the path <c>manifest.json:$.field</c>.</summary>
    public static Result<Bundle> Read(ReadOnlyMemory<byte> archive) => Read(archive, BundleLimits.Default);

    internal static Result<Bundle> Read(ReadOnlyMemory<byte> archive, BundleLimits limits)
    {
        using var packed = Stream(archive);
        return Read(packed, archive.Length, Convert.ToHexStringLower(SHA256.HashData(archive.Span)), limits);
    }

    /// <summary>Reads a bundle from where it lies. Each limit is checked as the bytes come, and none of them is kept but the manifest's.</summary>
    /// <param name="packed">The archive.</param>
    /// <param name="length">How many bytes it has.</param>
    /// <param name="sha256">Their SHA-256, lower-case hex.</param>
    /// <param name="limits">How much it may ask for.</param>
    internal static Result<Bundle> Read(Stream packed, long length, string sha256, BundleLimits limits)
    {
        if (length > limits.MaxCompressed)
        {
            return new([new Problem("", "too-large", $"The bundle is larger than {limits.MaxCompressed:N0} bytes")]);
        }

        using var contents = new BundleContents(limits);
        Unpack(packed, length, contents, limits);
        return contents.ToBundle(sha256);
    }

    private static void Unpack(Stream packed, long length, BundleContents contents, BundleLimits limits)
    {
        try
        {
            UnpackAll(packed, length, contents, limits);
        }
        catch (BundleRefusedException e)
        {
            contents.Problems.Add(new Problem("", e.Code, e.Message));
        }
        catch (ZstdException e)
        {
            contents.Problems.Add(new Problem("", "not-zstd", OtherArchive.Recognise(packed) is { } other
                ? $"The bundle is {other}, and must be a tar that is compressed by zstd, as tar --zstd -cf bundle.tar.zst manifest.json dist makes it"
                : $"The bundle is not a whole zstd archive: {e.Message}"));
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException or FormatException or IOException
            or ArgumentException or NotSupportedException or InvalidOperationException or OverflowException)
        {
            // System.Formats.Tar has no single exception for damaged archives.
            contents.Problems.Add(new Problem("", "not-tar", "The bundle is not a whole tar archive: it is truncated or damaged"));
        }
    }

    private static void UnpackAll(Stream packed, long length, BundleContents contents, BundleLimits limits)
    {
        if (length == 0)
        {
            throw new BundleRefusedException("empty", "The bundle is empty");
        }

        using var zstd = new DecompressionStream(packed, leaveOpen: true);
        zstd.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, limits.WindowLogOf(length));
        using var unpacked = new BundleUnpackStream(zstd, length, limits);
        using (var tar = new TarReader(unpacked, leaveOpen: true))
        {
            while (tar.GetNextEntry(copyData: false) is { } entry)
            {
                contents.Add(entry);
            }
        }

        RequireNothingBehind(unpacked);
    }

    private static MemoryStream Stream(ReadOnlyMemory<byte> archive)
    {
        var segment = MemoryMarshal.TryGetArray(archive, out var own) ? own : archive.ToArray();
        return new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false);
    }

    // Read to the end: zstd checks its sum only there, and what hides behind a tar's end is no part of a bundle.
    private static void RequireNothingBehind(BundleUnpackStream unpacked)
    {
        var buffer = new byte[16 * 1024];
        for (int count; (count = unpacked.Read(buffer)) > 0;)
        {
            if (buffer.AsSpan(0, count).ContainsAnyExcept((byte)0))
            {
                throw new BundleRefusedException("trailing-data", "The bundle has data behind the end of its tar archive");
            }
        }
    }
}
