using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using Escapement.Extensions;
using Xunit;

namespace Escapement.Tests.Extensions;

public sealed class BundleReaderTests
{
    public static TheoryData<string, string?> LongNames { get; } = new()
    {
        { new string('a', 1_024), null },
        { new string('a', 1_025), "is longer than 1,024 characters" },
    };

    [Fact]
    public void Read_Good_GivesManifestComponentAndHashes()
    {
        var packed = BundleWriter.Good().File("ui/b.js", [1]).File("ui/a.js", []).Entry(new PaxTarEntry(TarEntryType.Directory, "ui/")).Pack();

        var bundle = BundleReader.Read(packed).Value;

        Assert.Equal("com.acme.sync", bundle.Manifest.Name);
        Assert.Equal(BundleWriter.ComponentBytes.Length, bundle.ComponentBytes);
        Assert.Equal(BundleWriter.ComponentBytes, BundleFile.Read(packed, BundleReader.ComponentPath, BundleLimits.Default.MaxComponent));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(packed)), bundle.BundleSha256);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(BundleWriter.ComponentBytes)), bundle.ComponentSha256);
        Assert.Equal(["ui/a.js", "ui/b.js"], bundle.Assets);
    }

    [Fact]
    public void Read_SliceOfALargerBuffer_IsReadWithinItsBounds()
    {
        var packed = BundleWriter.Good().Pack();
        byte[] framed = [9, 9, 9, .. packed, 9, 9];

        Assert.Equal(BundleReader.Read(packed).Value.BundleSha256, BundleReader.Read(framed.AsMemory(3, packed.Length)).Value.BundleSha256);
    }

    [Theory]
    [InlineData("pkg/manifest.json", "pkg/main.wasm")]
    [InlineData("Manifest.json", "dist/Main.wasm")]
    [InlineData("pkg/MANIFEST.JSON", "pkg/dist/main.wasm")]
    public void Read_FileAtAnotherPlaceOrInAnotherCase_SaysWhere(string manifest, string component)
    {
        var problems = BundleReader.Read(new BundleWriter().File(manifest, [1]).File(component, [1]).Pack()).Problems;

        Assert.Equal(
            [
                $"The bundle has no manifest.json; it has \"{manifest}\", and name and place must be exactly these",
                $"The bundle has no component at dist/main.wasm; it has \"{component}\", and name and place must be exactly these",
            ],
            problems.Select(p => p.Message));
    }

    // What `tar -C folder -cf - .` writes.
    [Fact]
    public void Read_NamesWithLeadingDotSlash_AreRead()
    {
        var packed = new BundleWriter()
            .Entry(new PaxTarEntry(TarEntryType.Directory, "./"))
            .File("./manifest.json", Encoding.UTF8.GetBytes(ManifestReaderTests.Smallest))
            .File("./dist/main.wasm", BundleWriter.ComponentBytes).Pack();

        Assert.True(BundleReader.Read(packed).IsOk);
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("a/../../evil")]
    [InlineData("a/..")]
    [InlineData("/etc/passwd")]
    [InlineData("//server/share")]
    [InlineData("C:/evil")]
    [InlineData("c:evil")]
    [InlineData("a\\b")]
    [InlineData("..\\evil")]
    [InlineData("a//b")]
    [InlineData("a/./b")]
    [InlineData(".")]
    [InlineData("././a")]
    [InlineData(".//etc/passwd")]
    [InlineData("a\u0007b")]
    public void Read_NameThatLeavesTheBundle_IsRefused(string name) =>
        Assert.Equal([" path"], Codes(BundleWriter.Good().File(name, [1]).Pack()));

    [Theory]
    [InlineData("a", null)]
    [InlineData("a/b.c", null)]
    [InlineData("a..b/...", null)]
    [InlineData("a\0b", "holds characters that no file name should have")]
    [InlineData("", "is empty")]
    [InlineData("./", "is empty")]
    [InlineData("a/", "has an empty, . or .. segment")]
    [MemberData(nameof(LongNames))]
    public void BundlePath_FileName_IsJudged(string name, string? fault) =>
        Assert.Equal(fault, BundlePath.Read(name, isFolder: false, out _));

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    [InlineData(TarEntryType.CharacterDevice)]
    [InlineData(TarEntryType.BlockDevice)]
    [InlineData(TarEntryType.Fifo)]
    public void Read_NoFileOrFolder_IsRefused(TarEntryType type)
    {
        var entry = new PaxTarEntry(type, "odd");
        if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink)
        {
            entry.LinkName = "/etc/passwd";
        }

        Assert.Equal(["odd entry-type"], Codes(BundleWriter.Good().Entry(entry).Pack()));
    }

    [Fact]
    public void Read_ManifestThatIsALink_IsRefused()
    {
        var packed = new BundleWriter()
            .Entry(new PaxTarEntry(TarEntryType.SymbolicLink, "manifest.json") { LinkName = "/etc/passwd" })
            .File("dist/main.wasm", BundleWriter.ComponentBytes).Pack();

        Assert.Contains("manifest.json entry-type", Codes(packed));
    }

    [Theory]
    [InlineData("manifest.json")]
    [InlineData("dist/main.wasm")]
    [InlineData("./dist/main.wasm")]
    public void Read_SameNameTwice_IsRefused(string name) =>
        Assert.Equal([$"{name.TrimStart('.', '/')} duplicate-entry"], Codes(BundleWriter.Good().File(name, [1]).Pack()));

    [Fact]
    public void Read_NamesThatDifferByCaseOnly_AreRefused()
    {
        var problem = Assert.Single(BundleReader.Read(BundleWriter.Good().File("ui/App.js", [1]).File("ui/app.js", [2]).Pack()).Problems);

        Assert.Equal(("ui/app.js", "duplicate-entry"), (problem.Path, problem.Code));
        Assert.Equal("\"ui/app.js\" and \"ui/App.js\" differ by case only; give one of them another name", problem.Message);
    }

    [Theory]
    [InlineData("1f8b0800", "compressed by gzip")]
    [InlineData("425a6839", "compressed by bzip2")]
    [InlineData("fd377a585a00", "compressed by xz")]
    [InlineData("504b0304", "a zip file")]
    public void Read_OtherArchive_SaysWhatItIsAndHowToMakeABundle(string start, string what)
    {
        var problem = Assert.Single(BundleReader.Read(Convert.FromHexString(start + "0102030405060708")).Problems);

        Assert.Equal("not-zstd", problem.Code);
        Assert.StartsWith($"The bundle is {what}, and must be", problem.Message, StringComparison.Ordinal);
        Assert.Contains("tar --zstd -cf", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TarThatIsNotCompressed_SaysSo() =>
        Assert.StartsWith(
            "The bundle is a tar that is not compressed",
            Assert.Single(BundleReader.Read(BundleWriter.Good().Tar()).Problems).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Read_EmptyTar_LacksManifestAndComponent() =>
        Assert.Equal(["manifest.json missing", "dist/main.wasm missing"], Codes(BundleWriter.Compress(new byte[1024])));

    [Fact]
    public void Read_ManyMistakes_AreReportedTogether()
    {
        var packed = new BundleWriter()
            .File("manifest.json", "{\"name\":\"x\",\"version\":\"1\",\"runtime\":\"wasm-js@1\"}"u8.ToArray())
            .File("dist/main.wasm", "not wasm"u8.ToArray())
            .File("../up", []).Pack();

        Assert.Equal(
            [" path", "manifest.json:$.name name", "manifest.json:$.version semver", "dist/main.wasm not-a-component"],
            Codes(packed));
    }

    [Fact]
    public void Read_CoreModule_SaysToBuildAComponent()
    {
        var packed = new BundleWriter()
            .File("manifest.json", Encoding.UTF8.GetBytes(ManifestReaderTests.Smallest))
            .File("dist/main.wasm", [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00]).Pack();

        Assert.Contains("core module", Assert.Single(BundleReader.Read(packed).Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "does not export the function handler")]
    [InlineData(1, "truncated or damaged: there is no whole section at byte 8")]
    [InlineData(5, "truncated or damaged: there is no whole section at byte 8")]
    public void Read_ComponentCutShort_SaysWhatIsMissing(int kept, string expected)
    {
        var packed = new BundleWriter()
            .File("manifest.json", Encoding.UTF8.GetBytes(ManifestReaderTests.Smallest))
            .File("dist/main.wasm", BundleWriter.ComponentBytes[..(8 + kept)]).Pack();

        Assert.Contains(expected, Assert.Single(BundleReader.Read(packed).Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 13, 0 })]
    [InlineData(new byte[] { 1, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0 })]
    [InlineData(new byte[] { 1, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0 })]
    public void Read_ComponentWithNoise_IsRefusedAsDamaged(byte[] noise)
    {
        var packed = new BundleWriter()
            .File("manifest.json", Encoding.UTF8.GetBytes(ManifestReaderTests.Smallest))
            .File("dist/main.wasm", [.. BundleWriter.ComponentBytes, .. noise]).Pack();

        Assert.Contains("damaged", Assert.Single(BundleReader.Read(packed).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EmptyComponent_IsRefused() =>
        Assert.Equal(["dist/main.wasm not-a-component"], Codes(new BundleWriter()
            .File("manifest.json", Encoding.UTF8.GetBytes(ManifestReaderTests.Smallest)).File("dist/main.wasm", []).Pack()));

    [Fact]
    public void Read_ManifestTooLarge_IsRefused() =>
        Assert.Equal(["manifest.json:$ too-large"], Codes(new BundleWriter()
            .File("manifest.json", new byte[ManifestReader.MaxBytes + 1]).File("dist/main.wasm", BundleWriter.ComponentBytes).Pack()));

    [Fact]
    public void Read_CutAnywhere_IsRefused()
    {
        var packed = BundleWriter.Good().Pack();
        for (var length = 0; length < packed.Length; length++)
        {
            Assert.False(BundleReader.Read(packed.AsMemory(0, length)).IsOk, $"cut to {length} of {packed.Length} bytes");
        }
    }

    [Fact]
    public void Read_TarCutAnywhereWithinItsEntries_IsRefused()
    {
        var tar = BundleWriter.Good().Tar();
        var end = tar.AsSpan().LastIndexOfAnyExcept((byte)0) + 1;
        for (var length = 0; length < end; length += 61)
        {
            Assert.False(BundleReader.Read(BundleWriter.Compress(tar[..length])).IsOk, $"cut to {length} of {tar.Length} bytes");
        }
    }

    [Fact]
    public void Read_DamagedAnywhere_NeverThrows()
    {
        var packed = BundleWriter.Good().Pack();
        var tar = BundleWriter.Good().Tar();
        for (var i = 0; i < packed.Length; i++)
        {
            var damaged = (byte[])packed.Clone();
            damaged[i] ^= 0xFF;
            _ = BundleReader.Read(damaged).Problems;
        }

        for (var i = 0; i < tar.Length; i += 3)
        {
            var damaged = (byte[])tar.Clone();
            damaged[i] ^= 0xFF;
            _ = BundleReader.Read(BundleWriter.Compress(damaged)).Problems;
        }
    }

    // The size in a header is a claim; here an extended header claims gigabytes that are not there.
    [Theory]
    [InlineData("14000000000")]
    [InlineData("77777777777")]
    public void Read_HeaderThatClaimsGigabytes_IsRefusedWithoutAllocatingThem(string octalSize)
    {
        var tar = BundleWriter.Good().File(new string('n', 300), [1]).Tar();
        for (var header = 0; header + 512 <= tar.Length; header += 512)
        {
            if (tar[header + 156] == (byte)'x' && tar.AsSpan(header + 257, 5).SequenceEqual("ustar"u8))
            {
                Encoding.ASCII.GetBytes(octalSize).CopyTo(tar, header + 124);
                Resum(tar.AsSpan(header, 512));
                break;
            }
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal([" extended-header"], Codes(BundleWriter.Compress(tar)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 * 1024 * 1024);
    }

    [Theory]
    [InlineData("3", null)]
    [InlineData("9", " extended-size")]
    [InlineData("x", " extended-size")]
    public void Read_SizeInAnExtendedHeader_MustAgree(string size, string? problem)
    {
        // The writer keeps "size" to itself, so it is written under another name of that length and renamed.
        var entry = new PaxTarEntry(TarEntryType.RegularFile, "a", [new("sizx", size)]) { DataStream = new MemoryStream([1, 2, 3]) };
        var tar = BundleWriter.Good().Entry(entry).Tar();
        "size"u8.CopyTo(tar.AsSpan(tar.AsSpan().IndexOf("sizx"u8)));

        Assert.Equal(problem is null ? [] : [problem], Codes(BundleWriter.Compress(tar)));
    }

    private static void Resum(Span<byte> header)
    {
        header.Slice(148, 8).Fill((byte)' ');
        var sum = 0;
        foreach (var b in header)
        {
            sum += b;
        }

        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(header[148..]);
    }

    [Fact]
    public void Read_NoZstdOrNoTar_SaysWhich()
    {
        Assert.Equal([" not-zstd"], Codes("PK\u0003\u0004 this is a zip"u8.ToArray()));
        Assert.Equal([" not-tar"], Codes(BundleWriter.Compress([.. Enumerable.Repeat((byte)'x', 2_000)])));
        Assert.Equal([" empty"], Codes([]));
    }

    [Fact]
    public void Read_DataBehindTheEnd_IsRefused()
    {
        Assert.Equal([" trailing-data"], Codes(BundleWriter.Compress([.. BundleWriter.Good().Tar(), .. new byte[512], 1])));
        Assert.Equal([" not-zstd"], Codes([.. BundleWriter.Good().Pack(), 1, 2, 3, 4, 5, 6, 7, 8]));
    }

    [Fact]
    public void Read_Bomb_StopsEarlyWithoutKeepingIt()
    {
        // 200 MiB of zeros as a component, in some 7 KiB: within the size limit, far beyond the ratio.
        var packed = BundleWriter.Good().File("dist/zeros.bin", new byte[200 * 1024 * 1024]).Pack();

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal([" compression-ratio"], Codes(packed));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 * 1024 * 1024);
    }

    [Fact]
    public void Read_BombBehindTheEndOfTheTar_IsRefused() =>
        Assert.Equal([" compression-ratio"], Codes(BundleWriter.Compress([.. BundleWriter.Good().Tar(), .. new byte[40 * 1024 * 1024]])));

    [Fact]
    public void Read_Limits_OneStepEitherSide()
    {
        var packed = BundleWriter.Good().File("a", []).Pack();
        var tar = BundleWriter.Good().File("a", []).Tar().Length;

        Assert.True(BundleReader.Read(packed, new BundleLimits { MaxCompressed = packed.Length, MaxUnpacked = tar, MaxEntries = 3 }).IsOk);
        Assert.Equal(["too-large"], Limited(new BundleLimits { MaxCompressed = packed.Length - 1 }));
        Assert.Equal(["unpacked-too-large"], Limited(new BundleLimits { MaxUnpacked = tar - 1 }));
        Assert.Equal(["too-many-entries"], Limited(new BundleLimits { MaxEntries = 2 }));

        IEnumerable<string> Limited(BundleLimits limits) => BundleReader.Read(packed, limits).Problems.Select(p => p.Code);
    }

    private static IEnumerable<string> Codes(byte[] packed) => BundleReader.Read(packed).Problems.Select(p => $"{p.Path} {p.Code}");
}
