using System.Security.Cryptography;
using System.Text;

namespace Escapement.Audit;

/// <summary>What a field was before a change, or after it: JSON. A large one lies apart, once, and the entry names it by its hash.</summary>
/// <param name="Json">The value; null where only its hash is known.</param>
/// <param name="Sha256">The hash of a large one, in hex; null for one that the entry holds itself.</param>
/// <param name="Bytes">How long it is, in UTF-8.</param>
internal sealed record AuditValue(string? Json, string? Sha256, int Bytes)
{
    /// <summary>The longest that an entry holds itself, in bytes.</summary>
    public const int MostInline = 4_096;

    /// <summary>The same for an extension that changes more than it may have entries hold. What names a large one takes nearly as much.</summary>
    public const int MostInlineInFlood = 128;

    /// <summary>
    /// How many large ones that an extension's own changes had are kept of an install, the last: one that changes a payload every second must not fill
    /// the store.
    /// </summary>
    public const int MostKeptOfExtension = 50;

    /// <summary>How many that changes of admins had, which no extension's take the place of.</summary>
    public const int MostKeptOfAdmins = 1_000;

    /// <summary>How long large ones are kept after the last change that had them.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    /// <summary>A value; null for a field that was not there.</summary>
    public static AuditValue? Of(string? json)
    {
        if (json is null)
        {
            return null;
        }

        var bytes = Encoding.UTF8.GetByteCount(json);
        return new AuditValue(json, bytes > MostInline ? Hash(json) : null, bytes);
    }

    /// <summary>The same, named by its hash if it is longer than so many bytes.</summary>
    public AuditValue Apart(int mostInline) => Sha256 is null && Bytes > mostInline ? this with { Sha256 = Hash(Json!) } : this;

    /// <summary>Whether two are the same, which for large ones their hashes say.</summary>
    public static bool Same(AuditValue? one, AuditValue? other) => one is null || other is null
        ? one is null && other is null
        : one.Sha256 is null && other.Sha256 is null ? one.Json == other.Json
        : one.Bytes == other.Bytes && (one.Sha256 ?? Hash(one.Json!)) == (other.Sha256 ?? Hash(other.Json!));

    /// <inheritdoc/>
    public bool Equals(AuditValue? other) => Same(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => Bytes;

    private static string Hash(string json) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
}
