using System.Formats.Tar;
using System.Net;
using Escapement.EndToEnd.Tests.Bundles;
using Escapement.EndToEnd.Tests.Servers;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Escapement.EndToEnd.Tests;

/// <summary>Archives made to harm the host that unpacks them.</summary>
public sealed class BundleAttackTests : OnAServer
{
    private const long MayGrow = 200L << 20;

    [Theory]
    [InlineData("../escaped")]
    [InlineData("../../escaped")]
    [InlineData("assets/../../escaped")]
    [InlineData("assets/../../../../../../tmp/escaped")]
    [InlineData("/tmp/escapement-escaped")]
    [InlineData(@"..\escaped")]
    public Task Publish_EntryOutsideTheBundle_IsRefusedAndWritesNothing(string name) =>
        AssertRefusedAsync(BundleFile.Pack(tar =>
        {
            BundleFile.AddParts(tar);
            BundleFile.AddFile(tar, name, [1, 2, 3]);
        }));

    [Theory]
    [InlineData(TarEntryType.SymbolicLink, "/etc/passwd")]
    [InlineData(TarEntryType.SymbolicLink, "../../escaped")]
    [InlineData(TarEntryType.HardLink, "/etc/passwd")]
    [InlineData(TarEntryType.HardLink, "manifest.json")]
    public Task Publish_Link_IsRefusedAndWritesNothing(TarEntryType type, string target) =>
        AssertRefusedAsync(BundleFile.Pack(tar =>
        {
            BundleFile.AddParts(tar);
            tar.WriteEntry(new PaxTarEntry(type, "assets/link") { LinkName = target });
        }));

    [Theory]
    [InlineData("../../dist/main.wasm")]
    [InlineData("/dist/main.wasm")]
    public Task Publish_ComponentOutsideTheBundle_IsRefused(string name) =>
        AssertRefusedAsync(BundleFile.Pack(tar => BundleFile.AddFile(tar, name, [0, 0x61, 0x73, 0x6d])));

    [Theory]
    [InlineData("manifest.json")]
    [InlineData("dist/main.wasm")]
    [InlineData("assets/zeros")]
    public Task Publish_BombInAnEntry_IsRefusedInLittleMemory(string name) => AssertRefusedAsync(BundleFile.Pack(tar =>
    {
        using var zeros = new Zeros(1L << 30);
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = zeros });
        BundleFile.AddParts(tar);
    }));

    [Fact]
    public async Task Publish_BombBehindTheArchive_IsRefusedInLittleMemory()
    {
        using var bomb = new MemoryStream();
        bomb.Write(BundleFile.Pack(tar => BundleFile.AddParts(tar)));
        using (var zstd = new CompressionStream(bomb, level: 3, leaveOpen: true))
        {
            new Zeros(1L << 30).CopyTo(zstd);
        }

        await AssertRefusedAsync(bomb.ToArray());
    }

    [Fact]
    public async Task Publish_WindowOfOneGigabyte_IsRefusedInLittleMemory()
    {
        using var bomb = new MemoryStream();
        using (var zstd = new CompressionStream(bomb, level: 1, leaveOpen: true))
        {
            zstd.SetParameter(ZSTD_cParameter.ZSTD_c_windowLog, 30);
            new Zeros(8L << 20).CopyTo(zstd);
        }

        await AssertRefusedAsync(bomb.ToArray());
    }

    private async Task AssertRefusedAsync(byte[] bundle)
    {
        // The first makes the folder in which bundles lie while they are looked at.
        using (await Server.PublishAsync([]))
        {
        }

        var before = Server.Process.PeakBytes;
        var files = Files();
        using var answer = await Server.PublishAsync(bundle);
        var problem = await RealServer.ReadAsync(answer, HttpStatusCode.UnprocessableEntity);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.NotEmpty(problem["problems"]!.AsArray());

        var grown = Server.Process.PeakBytes - before;
        Assert.True(grown < MayGrow, $"The server grew by {grown >> 20} MiB over a bundle of {bundle.Length >> 10} KiB");
        Assert.Equal(files, Files());
        Assert.False(File.Exists("/tmp/escaped") || File.Exists("/tmp/escapement-escaped"));
        Assert.Empty((await Server.GetAsync("/api/v1/extensions"))["items"]!.AsArray());
        Assert.True(await Server.IsReadyAsync());
    }

    private List<string> Files() => [.. Directory.EnumerateFileSystemEntries(Folder.Root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    /// <summary>As many zeros as asked for, made while they are read.</summary>
    private sealed class Zeros(long length) : Stream
    {
        private long position;

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position
        {
            get => position;
            set => position = value;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var count = (int)Math.Min(buffer.Length, length - position);
            buffer[..count].Clear();
            position += count;
            return count;
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
