using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using Escapement.Extensions;
using Xunit;
using ZstdSharp;

namespace Escapement.Tests.Extensions;

/// <summary>What comes out of a bundle is looked at as it comes and not kept, whether it is refused in the end or not.</summary>
public sealed class BundleMemoryTests
{
    [Theory]
    [InlineData("dist/main.wasm", false)]
    [InlineData("assets/large.bin", true)]
    public void Read_UnpacksToNinetyTimesItsSize_AllocatesNoMoreThanTheBundleHas(string name, bool isGood)
    {
        // What hardly shrinks, so that the bundle has some size, and then what shrinks to nothing.
        var noise = RandomNumberGenerator.GetBytes(2_650_000);
        var packed = Pack(name, noise, zeros: 230_000_000);
        Assert.InRange(packed.Length, noise.Length, noise.Length + 100_000);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(packed));
        BundleReader.Read(new MemoryStream(packed), packed.Length, sha256, BundleLimits.Default);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var reading = BundleReader.Read(new MemoryStream(packed), packed.Length, sha256, BundleLimits.Default);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(isGood, reading.IsOk);
        Assert.True(allocated < packed.Length, $"{allocated:N0} bytes were allocated for a bundle of {packed.Length:N0}");
    }

    [Theory]
    [InlineData(1, 24)]
    [InlineData(4 << 20, 24)]
    [InlineData((4 << 20) + 1, 25)]
    [InlineData(64 << 20, 26)]
    public void WindowLogOf_Archive_IsAFewTimesItsSizeWithinBounds(long compressed, int log) =>
        Assert.Equal(log, BundleLimits.Default.WindowLogOf(compressed));

    private static byte[] Pack(string name, byte[] noise, long zeros)
    {
        using var packed = new MemoryStream();
        using (var zstd = new CompressionStream(packed, level: 3, leaveOpen: true))
        using (var tar = new TarWriter(zstd, leaveOpen: true))
        {
            Add(tar, "manifest.json", new MemoryStream(Encoding.UTF8.GetBytes(ManifestReaderTests.Smallest)));
            if (name != BundleReader.ComponentPath)
            {
                Add(tar, BundleReader.ComponentPath, new MemoryStream(BundleWriter.ComponentBytes));
            }

            // A file of the whole size, but not in memory: in a file of its own, with a hole.
            using var large = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 4096, FileOptions.DeleteOnClose);
            large.Write(noise);
            large.SetLength(noise.Length + zeros);
            large.Position = 0;
            Add(tar, name, large);
        }

        return packed.ToArray();
    }

    private static void Add(TarWriter tar, string name, Stream data) =>
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = data });
}
