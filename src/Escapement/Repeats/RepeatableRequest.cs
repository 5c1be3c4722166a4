using System.Security.Cryptography;
using System.Text;

namespace Escapement.Repeats;

/// <summary>A request that its sender can send again, because it gave it a key.</summary>
/// <param name="Tenant">Whose things it changes; null for those of no tenant.</param>
/// <param name="Sha256">A hash over caller, path and key: what others send under the same key is another request.</param>
/// <param name="BodySha256">A hash over its body.</param>
internal sealed record RepeatableRequest(TenantId? Tenant, ReadOnlyMemory<byte> Sha256, ReadOnlyMemory<byte> BodySha256)
{
    /// <summary>How long the answer is kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    /// <summary>The longest key, in characters.</summary>
    public const int MaxKey = 255;

    /// <summary>Makes one.</summary>
    /// <param name="tenant">Whose things it changes.</param>
    /// <param name="caller">Who sends it, as the room of access names callers.</param>
    /// <param name="path">Where to.</param>
    /// <param name="key">What the sender calls it.</param>
    /// <param name="bodySha256">A hash over its body.</param>
    public static RepeatableRequest Of(TenantId? tenant, string caller, string path, string key, ReadOnlyMemory<byte> bodySha256) =>
        new(tenant, SHA256.HashData(Encoding.UTF8.GetBytes($"{caller}\n{tenant?.Value}\n{path}\n{key}")), bodySha256);
}
