using System.Formats.Tar;
using System.Text;
using ZstdSharp;

namespace Escapement.Tests.Extensions;

/// <summary>Packs bundles for tests, broken ones too.</summary>
internal sealed class BundleWriter
{
    private readonly List<TarEntry> entries = [];

    public static byte[] ComponentBytes { get; } =
        [0x00, 0x61, 0x73, 0x6D, 0x0D, 0x00, 0x01, 0x00, 0x0B, 0x0D, 0x01, 0x00, 0x07, .. "handler"u8, 0x01, 0x00, 0x00];

    /// <summary>A bundle in which nothing is wrong.</summary>
    public static BundleWriter Good() => new BundleWriter()
        .File("manifest.json", Encoding.UTF8.GetBytes(ManifestReaderTests.Smallest))
        .File("dist/main.wasm", ComponentBytes);

    public BundleWriter File(string name, byte[] content)
    {
        entries.Add(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        return this;
    }

    public BundleWriter Entry(TarEntry entry)
    {
        entries.Add(entry);
        return this;
    }

    public byte[] Tar()
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
        {
            entries.ForEach(tar.WriteEntry);
        }

        return stream.ToArray();
    }

    public byte[] Pack() => Compress(Tar());

    public static byte[] Compress(byte[] tar)
    {
        using var compressor = new Compressor(3);
        return compressor.Wrap(tar).ToArray();
    }
}
