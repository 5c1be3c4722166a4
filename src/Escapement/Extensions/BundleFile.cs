using System.Formats.Tar;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Escapement.Extensions;

/// <summary>One file of a bundle that was published, and so read and found good before.</summary>
internal static class BundleFile
{
    /// <summary>The file's bytes; null when there is none, when it is larger than asked for, or when the archive cannot be read.</summary>
    public static byte[]? Read(byte[] archive, string path, int most)
    {
        try
        {
            using var source = new MemoryStream(archive, writable: false);
            using var zstd = new DecompressionStream(source);
            zstd.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, BundleLimits.Default.WindowLogOf(archive.Length));
            using var unpacked = new BundleUnpackStream(zstd, archive.Length, BundleLimits.Default);
            using var tar = new TarReader(unpacked, leaveOpen: true);
            while (tar.GetNextEntry(copyData: false) is { } entry)
            {
                if (entry is { EntryType: TarEntryType.RegularFile or TarEntryType.V7RegularFile, DataStream: { } data }
                    && BundlePath.Read(entry.Name, isFolder: false, out var name) is null
                    && name == path)
                {
                    return Take(data, most);
                }
            }
        }
        catch (Exception e) when (e is BundleRefusedException or ZstdException or IOException or InvalidDataException or FormatException
            or ArgumentException or NotSupportedException or InvalidOperationException or OverflowException)
        {
            // As BundleReader has it: there is no single exception for damaged archives.
        }

        return null;
    }

    private static byte[]? Take(Stream data, int most)
    {
        var bytes = new byte[Math.Min(data.Length, most + 1L)];
        var count = data.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return count > most ? null : bytes[..count];
    }
}
