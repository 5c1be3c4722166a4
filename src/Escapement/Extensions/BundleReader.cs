using System.Formats.Tar;
using System.Runtime.InteropServices;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Escapement.Extensions;

/// <summary>
/// Reads a bundle: a <c>.tar.zst</c> that holds <c>manifest.json</c>, the component at <c>dist/main.wasm</c>, and assets
/// (contract section 6). Nothing is written anywhere, and nothing is kept beyond manifest and component. At most
/// 64 MiB packed, 256 MiB unpacked, 10,000 entries.
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
        if (archive.Length > limits.MaxCompressed)
        {
            return Refused("", "too-large", $"The bundle is larger than {limits.MaxCompressed:N0} bytes");
        }

        var contents = new BundleContents(limits);
        try
        {
            Unpack(archive, contents, limits);
        }
        catch (BundleRefusedException e)
        {
            contents.Problems.Add(new Problem("", e.Code, e.Message));
        }
        catch (ZstdException e)
        {
            contents.Problems.Add(new Problem("", "not-zstd", $"The bundle is not a whole zstd archive: {e.Message}"));
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException or FormatException or IOException
            or ArgumentException or NotSupportedException or InvalidOperationException or OverflowException)
        {
            // System.Formats.Tar has no single exception for damaged archives.
            contents.Problems.Add(new Problem("", "not-tar", "The bundle is not a whole tar archive: it is truncated or damaged"));
        }

        return contents.ToBundle(archive.Span);
    }

    private static void Unpack(ReadOnlyMemory<byte> archive, BundleContents contents, BundleLimits limits)
    {
        if (archive.IsEmpty)
        {
            throw new BundleRefusedException("empty", "The bundle is empty");
        }

        var packed = MemoryMarshal.TryGetArray(archive, out var segment) ? segment : archive.ToArray();
        using var source = new MemoryStream(packed.Array!, packed.Offset, packed.Count, writable: false);
        using var zstd = new DecompressionStream(source);
        zstd.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, limits.MaxWindowLog);
        using var unpacked = new BundleUnpackStream(zstd, archive.Length, limits);
        using (var tar = new TarReader(unpacked, leaveOpen: true))
        {
            while (tar.GetNextEntry(copyData: false) is { } entry)
            {
                contents.Add(entry);
            }
        }

        RequireNothingBehind(unpacked);
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

    private static Result<Bundle> Refused(string path, string code, string message) => new([new Problem(path, code, message)]);
}
