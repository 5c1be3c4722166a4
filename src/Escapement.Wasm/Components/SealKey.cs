using System.Security.Cryptography;
using Escapement.Compiling;

namespace Escapement.Wasm.Components;

/// <summary>The installation's key for seals of compiled code: random, made at the first start, the same for all nodes that share the store.</summary>
internal sealed class SealKey(ICompilationStore store, TimeProvider time)
{
    /// <summary>What it is called in the store.</summary>
    public const string Name = "compiled-code";

    private byte[]? known;

    /// <exception cref="StoreUnavailableException">It was not asked for before, and cannot be now.</exception>
    public async ValueTask<byte[]> GetAsync(CancellationToken cancellationToken) =>
        known ??= await store.GetKeyAsync(Name, RandomNumberGenerator.GetBytes(32), time.GetUtcNow(), cancellationToken);
}
