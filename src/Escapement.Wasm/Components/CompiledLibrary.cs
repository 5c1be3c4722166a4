using System.Buffers.Binary;
using System.Security.Cryptography;
using Escapement.Compiling;
using Wasmtime;
using Wasmtime.Components;
using ZstdSharp;

namespace Escapement.Wasm.Components;

/// <summary>
/// Where compiled code is: in a file of this node's, and in the store if nodes share one, from which a node makes its file. Both are sealed.
/// </summary>
internal sealed class CompiledLibrary(
    string engineKey, CompiledCache cache, ICompiledCodeStore? shared, SealKey seal, TimeSpan keepUnused, TimeProvider time) : IDisposable
{
    // Of compressed code. What is larger is compiled by each node for itself.
    private const int MaxShared = 64 << 20;

    private const int MaxUnpacked = 512 << 20;

    // Code that no file could be made of, until it is loaded.
    private const int MaxUnsaved = 4;
    private const long MaxUnsavedBytes = 256L << 20;

    private readonly Lock gate = new();
    private readonly Dictionary<string, ReadOnlyMemory<byte>> unsaved = new(StringComparer.Ordinal);

    /// <summary>Loads a component whose code is here or in the store; null when it must be compiled.</summary>
    /// <param name="engine">What loads it.</param>
    /// <param name="component">SHA-256 of the component.</param>
    /// <param name="fromStore">Whether the store's code will do; this node may have failed to load it.</param>
    /// <param name="cancellationToken">When nobody waits for it any more.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be asked.</exception>
    /// <exception cref="WasmtimeException">There is code, and the engine does not take it.</exception>
    public async ValueTask<(Component Component, CompiledFileUse? File)?> TryLoadAsync(
        Engine engine, string component, bool fromStore, CancellationToken cancellationToken)
    {
        var key = await seal.GetAsync(cancellationToken);
        if (cache.TryLoad(engine, component, key) is { } kept)
        {
            return kept;
        }

        var code = TakeUnsaved(component) ?? (fromStore ? await FetchAsync(component, key, cancellationToken) : null);
        return code is not { } bytes
            ? null
            : cache.Save(bytes.Span, component, key, isForRuns: true) && cache.TryLoad(engine, component, key) is { } saved
            ? saved
            : (Component.Deserialize(engine, bytes.Span), null);
    }

    /// <summary>The code as a file of this node's, for other processes to load; null when it must be compiled.</summary>
    /// <param name="component">SHA-256 of the component.</param>
    /// <param name="fromStore">Whether the store's code will do; this node may have failed to load it.</param>
    /// <param name="cancellationToken">When nobody waits for it any more.</param>
    /// <exception cref="StoreUnavailableException">The store cannot be asked.</exception>
    /// <exception cref="IOException">There is code, and no file can be made of it.</exception>
    public async ValueTask<CompiledFileUse?> TryOpenAsync(string component, bool fromStore, CancellationToken cancellationToken)
    {
        var key = await seal.GetAsync(cancellationToken);
        if (cache.TryOpen(component, key) is { } kept)
        {
            return kept;
        }

        if ((TakeUnsaved(component) ?? (fromStore ? await FetchAsync(component, key, cancellationToken) : null)) is not { } code)
        {
            return null;
        }

        Keep(component, code, key, isForRuns: true);
        return cache.TryOpen(component, key) ?? throw new IOException("The compiled component could not be kept, so no worker can load it.");
    }

    /// <summary>Whether this node has the code, and it is sound.</summary>
    public async ValueTask<bool> HasAsync(string component, CancellationToken cancellationToken) =>
        IsUnsaved(component) || cache.Has(component, await seal.GetAsync(cancellationToken));

    /// <summary>Whether this node has the code, without a look into it: it costs next to nothing.</summary>
    public async ValueTask<bool> IsHereAsync(string component, CancellationToken cancellationToken) =>
        IsUnsaved(component) || cache.IsThere(component, await seal.GetAsync(cancellationToken));

    /// <summary>Has the store's code made a file of this node's, for runs that wait for it; false when there is none.</summary>
    public async ValueTask<bool> FetchAsync(string component, CancellationToken cancellationToken)
    {
        var key = await seal.GetAsync(cancellationToken);
        if (await FetchAsync(component, key, cancellationToken) is not { } code)
        {
            return false;
        }

        Keep(component, code, key, isForRuns: true);
        return true;
    }

    /// <summary>Keeps what was compiled, whether or not runs wait for it.</summary>
    public async ValueTask SaveAsync(string component, ReadOnlyMemory<byte> code, bool isForRuns, CancellationToken cancellationToken)
    {
        var key = await seal.GetAsync(cancellationToken);
        Keep(component, code, key, isForRuns);
        _ = cache.SweepIfDue();
        if (shared is not null && Pack(component, code.Span, key) is { } packed)
        {
            var now = time.GetUtcNow();
            await shared.SaveAsync(component, engineKey, packed, now, now - keepUnused, cancellationToken);
        }
    }

    /// <summary>Removes a component's code. Other nodes keep their files until those were not used for long.</summary>
    public async ValueTask RemoveAsync(string component, CancellationToken cancellationToken)
    {
        await RemoveHereAsync(component, cancellationToken);
        if (shared is not null)
        {
            await shared.RemoveAsync(component, engineKey, cancellationToken);
        }
    }

    /// <summary>Removes this node's code of a component, unless a process has it loaded.</summary>
    public async ValueTask RemoveHereAsync(string component, CancellationToken cancellationToken)
    {
        TakeUnsaved(component);
        cache.Remove(component, await seal.GetAsync(cancellationToken));
    }

    /// <summary>Removes files that were not used for long, if it is time to.</summary>
    public void SweepIfDue() => _ = cache.SweepIfDue();

    public void Dispose() => cache.Dispose();

    private void Keep(string component, ReadOnlyMemory<byte> code, byte[] key, bool isForRuns)
    {
        if (!cache.Save(code.Span, component, key, isForRuns))
        {
            lock (gate)
            {
                if (unsaved.Count >= MaxUnsaved || unsaved.Values.Sum(v => (long)v.Length) + code.Length > MaxUnsavedBytes)
                {
                    unsaved.Clear();
                }

                unsaved[component] = code;
            }
        }
    }

    private bool IsUnsaved(string component)
    {
        lock (gate)
        {
            return unsaved.ContainsKey(component);
        }
    }

    private ReadOnlyMemory<byte>? TakeUnsaved(string component)
    {
        lock (gate)
        {
            return unsaved.Remove(component, out var code) ? code : default(ReadOnlyMemory<byte>?);
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>?> FetchAsync(string component, byte[] key, CancellationToken cancellationToken)
    {
        if (shared is null || await shared.LoadAsync(component, engineKey, cancellationToken) is not { } packed)
        {
            return null;
        }

        if (Unpack(component, packed, key) is { } code)
        {
            return code;
        }

        await shared.RemoveAsync(component, engineKey, cancellationToken);
        return null;
    }

    // The seal, the length of the code, the code compressed; null when it is too large to be shared. No more is held for it than that has.
    private ReadOnlyMemory<byte>? Pack(string component, ReadOnlySpan<byte> code, byte[] key)
    {
        const int head = CompiledSeal.MacBytes + sizeof(int);
        using var compressor = new Compressor();
        var room = new byte[(int)Math.Min(MaxShared, head + (long)Compressor.GetCompressBound(code.Length))];
        if (!compressor.TryWrap(code, room.AsSpan(head), out var length))
        {
            return null;
        }

        var packed = room.AsMemory(0, head + length);
        BinaryPrimitives.WriteInt32LittleEndian(packed.Span[CompiledSeal.MacBytes..], code.Length);
        Mac(component, packed.Span, key).CopyTo(packed.Span);
        return packed;
    }

    private byte[]? Unpack(string component, byte[] packed, byte[] key)
    {
        // Nothing of what has another's seal is looked at.
        if (packed.Length < CompiledSeal.MacBytes + sizeof(int)
            || !CryptographicOperations.FixedTimeEquals(Mac(component, packed, key), packed.AsSpan(0, CompiledSeal.MacBytes)))
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(packed.AsSpan(CompiledSeal.MacBytes));
        if (length is < 0 or > MaxUnpacked)
        {
            return null;
        }

        var code = new byte[length];
        using var decompressor = new Decompressor();
        return decompressor.Unwrap(packed.AsSpan(CompiledSeal.MacBytes + sizeof(int)), code) == length ? code : null;
    }

    private byte[] Mac(string component, ReadOnlySpan<byte> packed, byte[] key)
    {
        var content = packed[CompiledSeal.MacBytes..];
        return CompiledSeal.Mac(key, "store", component, engineKey, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));
    }
}
