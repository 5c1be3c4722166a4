using System.Text;

namespace Escapement.Server.Starting;

/// <summary>
/// How the bytes of some request headers are read, before the web server makes anything of them. It is the only place where a header can be
/// seen as it was sent.
/// </summary>
internal sealed class HeaderReading : Encoding
{
    private const int LongestNumber = 19;

    // Kestrel takes these three and, where it finds one of them, forgets whatever else was named.
    private static readonly string[] KnownOptions = ["close", "keep-alive", "upgrade"];

    private readonly Func<string, string> read;

    private HeaderReading(Func<string, string> read) => this.read = read;

    /// <summary>
    /// A <c>Content-Length</c>, of which HTTP allows digits alone (RFC 9110, section 8.6). The web server takes a sign as well; a proxy in front
    /// of it may not, and what two of them read differently is how requests are smuggled. What is not digits becomes a text that it refuses.
    /// </summary>
    public static Encoding ContentLength { get; } = new HeaderReading(
        text => text.Length <= LongestNumber && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0 ? text : "?");

    /// <summary>
    /// A <c>Connection</c> that names other headers, which are the connection's and must not be passed on (RFC 9110, section 7.6.1). Two options that
    /// contradict each other keep the web server from putting one in the place of all; of the two it goes by <c>close</c>.
    /// </summary>
    public static Encoding Connection { get; } = new HeaderReading(
        text => Array.TrueForAll(text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), IsKnown)
            ? text
            : text + ", close, keep-alive");

    public override int GetByteCount(char[] chars, int index, int count) => Latin1.GetByteCount(chars, index, count);

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        Latin1.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    public override int GetCharCount(byte[] bytes, int index, int count) => read(Latin1.GetString(bytes, index, count)).Length;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        GetChars(bytes.AsSpan(byteIndex, byteCount), chars.AsSpan(charIndex));

    public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        var text = read(Latin1.GetString(bytes));
        text.CopyTo(chars);
        return text.Length;
    }

    public override int GetMaxByteCount(int charCount) => charCount;

    public override int GetMaxCharCount(int byteCount) => byteCount + ", close, keep-alive".Length;

    private static bool IsKnown(string option) => KnownOptions.Contains(option, StringComparer.OrdinalIgnoreCase);
}
