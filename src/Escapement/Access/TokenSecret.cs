using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Escapement.Access;

/// <summary>The text of a token: a prefix by which secret scanners know it, and 32 random bytes.</summary>
internal static class TokenSecret
{
    public const string Prefix = "esc_";

    // Longer texts cannot be tokens and are not worth hashing.
    private const int MaxLength = 100;

    public static string Make() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>
    /// What is stored and looked up. The secret has 256 random bits, so a plain hash cannot be guessed back; and because the hash
    /// is what is looked up, the time that a comparison takes tells nothing about the secret.
    /// </summary>
    public static byte[]? Hash(string secret) =>
        secret.Length <= MaxLength && secret.StartsWith(Prefix, StringComparison.Ordinal) ? SHA256.HashData(Encoding.UTF8.GetBytes(secret)) : null;
}
