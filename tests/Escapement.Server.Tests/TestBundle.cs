using System.Formats.Tar;
using System.Text;
using ZstdSharp;

namespace Escapement.Server.Tests;

/// <summary>Bundles that can be published.</summary>
internal static class TestBundle
{
    /// <summary>The smallest bundle of an extension.</summary>
    public static byte[] Make(string extensionId) => Of($$"""
        {
          "name": "{{extensionId}}", "publisher": "test", "version": "1.0.0", "runtime": "wasm-js@1", "capabilities": [],
          "api": { "endpoints": [{ "method": "POST", "path": "/api/sync", "handler": "sync" }] }
        }
        """);

    /// <summary>A bundle with this manifest.</summary>
    public static byte[] Of(string manifest)
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, leaveOpen: true))
        {
            Add(writer, "manifest.json", Encoding.UTF8.GetBytes(manifest));
            Add(writer, "dist/main.wasm", [0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0, 11, 13, 1, 0, 7, .. "handler"u8, 1, 0, 0]);
        }

        using var compressor = new Compressor();
        return compressor.Wrap(tar.ToArray()).ToArray();
    }

    private static void Add(TarWriter writer, string name, byte[] bytes)
    {
        var data = new MemoryStream(bytes);
        writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = data, ModificationTime = DateTimeOffset.UnixEpoch });
    }
}
