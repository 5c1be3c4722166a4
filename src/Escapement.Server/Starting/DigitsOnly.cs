using System.Text;

namespace Escapement.Server.Starting;

/// <summary>
/// Reads a <c>Content-Length</c>, of which HTTP allows digits alone (RFC 9110, section 8.6). The web server takes a sign as well; a proxy in
/// front of it may not, and what two of them read differently is how requests are smuggled. What is not digits is given to it as a text that it refuses.
/// </summary>
internal sealed class DigitsOnly : Encoding
{
    private DigitsOnly()
    {
    }

    public static Encoding Instance { get; } = new DigitsOnly();

    public override int GetByteCount(char[] chars, int index, int count) => Latin1.GetByteCount(chars, index, count);

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        Latin1.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    public override int GetCharCount(byte[] bytes, int index, int count) => count;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        GetChars(bytes.AsSpan(byteIndex, byteCount), chars.AsSpan(charIndex));

    public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        var count = Latin1.GetChars(bytes, chars);
        if (bytes.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            chars[..count].Fill('?');
        }

        return count;
    }

    public override int GetMaxByteCount(int charCount) => charCount;

    public override int GetMaxCharCount(int byteCount) => byteCount;
}
