using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Escapement.Access;

/// <summary>What a link holds that signs a browser in once: kept as a hash, with the hash of the token's secret that it was made with.</summary>
/// <param name="Sha256">The hash of the code.</param>
/// <param name="TokenSha256">The hash, in hexadecimal, of the token's secret; a session that is begun with the code ends with it.</param>
/// <param name="ExpiresAt">From when on it is good for nothing.</param>
internal sealed record SignInCode(ReadOnlyMemory<byte> Sha256, string TokenSha256, DateTimeOffset ExpiresAt)
{
    /// <summary>How long one is good for: long enough to click, too short to find later.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>How many a token has at most: making another ends its oldest.</summary>
    public const int MostOfToken = 20;

    /// <summary>What its text begins with, by which secret scanners know it.</summary>
    public const string Prefix = "esl_";

    private const int SecretBytes = 32;

    /// <summary>The text of a new one.</summary>
    public static string Make() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>What is stored and looked up; null for what cannot be one.</summary>
    public static byte[]? Hash(string text) =>
        text.Length == Prefix.Length + Base64Url.GetEncodedLength(SecretBytes) && text.StartsWith(Prefix, StringComparison.Ordinal)
            ? SHA256.HashData(Encoding.UTF8.GetBytes(text))
            : null;
}
