using System.Formats.Tar;
using System.Text;
using Escapement.EndToEnd.Tests.Bundles;
using Escapement.EndToEnd.Tests.Servers;
using Escapement.Wasm.Tests;
using ZstdSharp;

namespace Escapement.EndToEnd.Tests.Fuzzing;

/// <summary>Bundles made from real ones: the sample's, with a JavaScript engine in it, and small ones.</summary>
internal sealed class Mutants(int seed)
{
    private readonly Random random = new(seed);
    private readonly byte[] sample = Repository.Bundle("samples/scheduler-demo");
    private readonly byte[] small = new GuestComponent().ImportLogging().ImportDelete().ImportCreate().ToBytes();
    private int count;

    /// <summary>The next one, and what was done to make it.</summary>
    public (string Kind, byte[] Bundle) Next()
    {
        var extension = $"com.example.mutant{++count}";
        return random.Next(8) switch
        {
            0 => ("sample, compressed", Mutation.Of(sample, random)),
            1 => ("sample, archive", Compressed(Mutation.Of(Unpacked(sample), random))),
            2 => ("manifest", Packed(Mutation.Of(Encoding.UTF8.GetBytes(BundleFile.ManifestOf(extension)), random), small)),
            3 => ("archive", Compressed(Mutation.Of(Archive(extension, small), random))),
            4 or 5 => ("component", Packed(extension, Mutation.Of(small, random))),
            _ => ("strange guest", Packed(extension, StrangeGuest.Of(random).ToBytes())),
        };
    }

    private static byte[] Packed(string extension, byte[] component) => Packed(Encoding.UTF8.GetBytes(BundleFile.ManifestOf(extension)), component);

    private static byte[] Packed(byte[] manifest, byte[] component) => Compressed(Archive(manifest, component));

    private static byte[] Archive(string extension, byte[] component) => Archive(Encoding.UTF8.GetBytes(BundleFile.ManifestOf(extension)), component);

    private static byte[] Archive(byte[] manifest, byte[] component)
    {
        using var archive = new MemoryStream();
        using (var tar = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true))
        {
            BundleFile.AddFile(tar, "manifest.json", manifest);
            BundleFile.AddFile(tar, "dist/main.wasm", component);
        }

        return archive.ToArray();
    }

    private static byte[] Compressed(byte[] archive)
    {
        using var compressor = new Compressor(level: 1);
        return compressor.Wrap(archive).ToArray();
    }

    private static byte[] Unpacked(byte[] bundle)
    {
        using var unpacked = new MemoryStream();
        using var zstd = new DecompressionStream(new MemoryStream(bundle));
        zstd.CopyTo(unpacked);
        return unpacked.ToArray();
    }
}
