using System.Security.Cryptography;
using Escapement.Wasm.Components;
using Xunit;

namespace Escapement.Wasm.Tests.Components;

public sealed class CodeDigestTests : IDisposable
{
    private const int Piece = 1 << 20;

    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Piece - 1)]
    [InlineData(Piece)]
    [InlineData(Piece + 1)]
    [InlineData((3 * Piece) + 7)]
    public void Of_File_IsThatOfTheBytesInIt(int length)
    {
        var code = Code(length);

        Assert.Equal(OneAfterTheOther(code), CodeDigest.Of(code));
        Assert.Equal(OneAfterTheOther(code), OfFile(code));
    }

    [Fact]
    public void Of_FileWhosePiecesChangedPlaces_IsAnother()
    {
        var code = Code(2 * Piece);
        byte[] turned = [.. code[Piece..], .. code[..Piece]];

        Assert.NotEqual(OfFile(code), OfFile(turned));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Piece)]
    [InlineData((2 * Piece) + 4)]
    public void Of_FileWithOneOtherByte_IsAnother(int place)
    {
        var code = Code((2 * Piece) + 5);
        var changed = code.ToArray();
        changed[place] ^= 1;

        Assert.NotEqual(OfFile(code), OfFile(changed));
    }

    private static byte[] Code(int length)
    {
        var code = new byte[length];
        new Random(7).NextBytes(code);
        return code;
    }

    private static string OneAfterTheOther(byte[] code) =>
        Convert.ToHexStringLower(SHA256.HashData([.. code.Chunk(Piece).SelectMany(SHA256.HashData)]));

    private string OfFile(byte[] code)
    {
        File.WriteAllBytes(path, code);
        using var file = File.OpenHandle(path);
        return CodeDigest.Of(file);
    }
}
