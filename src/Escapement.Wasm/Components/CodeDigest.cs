using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Escapement.Wasm.Components;

/// <summary>
/// What tells compiled code from any other: the SHA-256 of the SHA-256s of its pieces of 1 MiB, in lower-case hex. In pieces, because tens of MiB of code stand
/// between the start of a process and its first call, and each processor can take a part of them.
/// </summary>
internal static class CodeDigest
{
    private const int PieceBytes = 1 << 20;

    /// <summary>The digest of code in memory.</summary>
    public static string Of(ReadOnlySpan<byte> code)
    {
        var digests = new byte[PiecesOf(code.Length) * SHA256.HashSizeInBytes];
        for (var piece = 0; piece < PiecesOf(code.Length); piece++)
        {
            var content = code[(piece * PieceBytes)..];
            SHA256.HashData(content[..Math.Min(content.Length, PieceBytes)], DigestOf(digests, piece));
        }

        return Whole(digests);
    }

    /// <summary>The digest of what is in a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string Of(SafeFileHandle file)
    {
        var length = RandomAccess.GetLength(file);
        var digests = new byte[PiecesOf(length) * SHA256.HashSizeInBytes];
        try
        {
            Parallel.For(0, PiecesOf(length), () => new byte[PieceBytes], (piece, _, buffer) =>
            {
                var offset = (long)piece * PieceBytes;
                var content = buffer.AsSpan(0, (int)Math.Min(length - offset, PieceBytes));
                Read(file, content, offset);
                SHA256.HashData(content, DigestOf(digests, piece));
                return buffer;
            }, static _ => { });
        }
        catch (AggregateException e) when (e.InnerException is IOException or UnauthorizedAccessException)
        {
            throw new IOException(e.InnerException.Message, e);
        }

        return Whole(digests);
    }

    private static int PiecesOf(long length) => (int)((length + PieceBytes - 1) / PieceBytes);

    private static Span<byte> DigestOf(byte[] digests, int piece) => digests.AsSpan(piece * SHA256.HashSizeInBytes, SHA256.HashSizeInBytes);

    private static string Whole(byte[] digests) => Convert.ToHexStringLower(SHA256.HashData(digests));

    private static void Read(SafeFileHandle file, Span<byte> content, long offset)
    {
        while (content.Length > 0)
        {
            var read = RandomAccess.Read(file, content, offset);
            if (read == 0)
            {
                throw new EndOfStreamException("The compiled file became shorter while it was read.");
            }

            content = content[read..];
            offset += read;
        }
    }
}
