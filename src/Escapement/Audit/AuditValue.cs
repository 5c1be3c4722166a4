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

    /// <summary>How many large ones of an install are kept, the last: an extension that changes a payload every second must not fill the store.</summary>
    public const int MostKept = 50;

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
        return new AuditValue(json, bytes > MostInline ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json))) : null, bytes);
    }

    /// <summary>Whether two are the same, which for large ones their hashes say.</summary>
    public static bool Same(AuditValue? one, AuditValue? other) => one is null || other is null
        ? one is null && other is null
        : one.Sha256 == other.Sha256 && (one.Sha256 is not null || one.Json == other.Json);

    /// <inheritdoc/>
    public bool Equals(AuditValue? other) => Same(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => (Sha256 ?? Json)?.GetHashCode(StringComparison.Ordinal) ?? 0;
}
