using System.Security.Cryptography;
using System.Text;

namespace Escapement.PostgreSql.Tenancy;

/// <summary>
/// The part of the store that a tenant's rows lie in. It is in every key and in every statement of the hot path, so that a
/// database that is distributed by it answers each of them from one shard. How it is computed can never change: it is stored.
/// </summary>
internal static class Bucket
{
    /// <summary>How many there are: enough for a distributed database to spread, few enough for one look at all of them.</summary>
    public const int Count = 32;

    /// <summary>The bucket of what belongs to no tenant: the registry's audit.</summary>
    public const short OfNobody = 0;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<short> All { get; } = [.. Enumerable.Range(0, Count).Select(b => (short)b)];

    /// <summary>The bucket of a tenant, or that of nobody.</summary>
    public static short Of(TenantId? tenant) => tenant is { } known ? Of(known) : OfNobody;

    /// <summary>The bucket of a tenant.</summary>
    public static short Of(TenantId tenant)
    {
        Span<byte> text = stackalloc byte[TenantId.MaxLength];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..Encoding.ASCII.GetBytes(tenant.Value, text)], hash);
        return (short)(hash[0] % Count);
    }

    /// <summary>The bucket of a component, which belongs to no tenant; by the first byte of its SHA-256, spelt in hex.</summary>
    public static short Of(string component) => (short)(Convert.FromHexString(component.AsSpan(0, 2))[0] % Count);
}
