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
internal sealed class CompiledLibrary : IDisposable
{
    // Of compressed code. What is larger is compiled by each node for itself.
    private const int MaxShared = 64 << 20;

    // What a compiler may make, which is what comes out of it.
    private const int MaxUnpacked = 256 << 20;

    // Each holds a buffer or two; all of the code where no file can be made of it.
    private const int FetchesAtOnce = 2;

    // Code that no file could be made of, until it is loaded.
    private const int MaxUnsaved = 4;
    private const long MaxUnsavedBytes = 256L << 20;

    private readonly string engineKey;
    private readonly CompiledCache cache;
    private readonly ICompiledCodeStore? shared;
    private readonly SealKey seal;
    private readonly TimeSpan keepUnused;
    private readonly TimeProvider time;
    private readonly CodeFetches<FetchedCode> fetches;
    private readonly Lock gate = new();
    private readonly Dictionary<string, ReadOnlyMemory<byte>> unsaved = new(StringComparer.Ordinal);

    public CompiledLibrary(string engineKey, CompiledCache cache, ICompiledCodeStore? shared, SealKey seal, TimeSpan keepUnused, TimeProvider time)
    {
        this.engineKey = engineKey;
        this.cache = cache;
        this.shared = shared;
        this.seal = seal;
        this.keepUnused = keepUnused;
        this.time = time;
        fetches = new CodeFetches<FetchedCode>(FetchesAtOnce, FetchInTurnAsync);
    }

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

        var code = TakeUnsaved(component);
        if (code is { } made)
        {
            cache.Save(made, component, key, isForRuns: true);
        }
        else if (fromStore)
        {
            code = (await fetches.GetAsync(component, cancellationToken)).Unsaved;
        }

        return cache.TryLoad(engine, component, key) is { } saved ? saved
            : code is { } bytes ? (Component.Deserialize(engine, bytes.Span), null)
            : null;
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

        if (TakeUnsaved(component) is { } made)
        {
            Keep(component, made, key, isForRuns: true);
        }
        else if (!fromStore || !await FetchAsync(component, cancellationToken))
        {
            return null;
        }

        return cache.TryOpen(component, key)
            ?? throw new IOException("The compiled component could not be kept on this node, whose log says why, so no worker can load it");
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
        var fetched = await fetches.GetAsync(component, cancellationToken);
        if (fetched.Unsaved is { } code)
        {
            KeepUnsaved(component, code);
        }

        return fetched.IsThere;
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
        if (!cache.Save(code, component, key, isForRuns))
        {
            KeepUnsaved(component, code);
        }
    }

    private void KeepUnsaved(string component, ReadOnlyMemory<byte> code)
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

    // Packed code lies in a file while it comes, and goes from there into the file of the code; in memory where the disk takes no more.
    private async Task<FetchedCode> FetchInTurnAsync(string component, CancellationToken cancellationToken)
    {
        var key = await seal.GetAsync(cancellationToken);
        if (cache.Has(component, key))
        {
            // It came while this one waited.
            return new FetchedCode(true);
        }

        if (shared is null)
        {
            return default;
        }

        var scratch = cache.OpenScratch(component, key);
        try
        {
            await using (scratch)
            {
                return await FetchAsync(shared, component, scratch, key, cancellationToken);
            }
        }
        catch (IOException e) when (scratch is FileStream)
        {
            cache.NotKept(e);
            return await FetchAsync(shared, component, new MemoryStream(), key, cancellationToken);
        }
    }

    private async Task<FetchedCode> FetchAsync(
        ICompiledCodeStore store, string component, Stream packed, byte[] key, CancellationToken cancellationToken)
    {
        if (!await store.LoadAsync(component, engineKey, packed, cancellationToken))
        {
            return default;
        }

        try
        {
            var length = LengthIn(component, packed, key);
            if (cache.Save(into => Unpack(packed, length, into), component, key, isForRuns: true))
            {
                return new FetchedCode(true);
            }

            var code = new byte[length];
            Unpack(packed, length, new MemoryStream(code));
            return new FetchedCode(true, code);
        }
        catch (InvalidDataException)
        {
            await store.RemoveAsync(component, engineKey, cancellationToken);
            return default;
        }
    }

    // The seal, the length of the code, the code compressed; null when it is too large to be shared. No more is held for it than that has.
    private ReadOnlyMemory<byte>? Pack(string component, ReadOnlySpan<byte> code, byte[] key)
    {
        const int head = CompiledSeal.MacBytes + sizeof(int);
        if (code.Length > MaxUnpacked)
        {
            return null;
        }

        using var compressor = new Compressor();
        var room = new byte[(int)Math.Min(MaxShared, head + (long)Compressor.GetCompressBound(code.Length))];
        if (!compressor.TryWrap(code, room.AsSpan(head), out var length))
        {
            return null;
        }

        var packed = room.AsMemory(0, head + length);
        BinaryPrimitives.WriteInt32LittleEndian(packed.Span[CompiledSeal.MacBytes..], code.Length);
        Mac(component, length + sizeof(int), SHA256.HashData(packed.Span[CompiledSeal.MacBytes..]), key).CopyTo(packed.Span);
        return packed;
    }

    // Nothing of what has another's seal is looked at.
    private int LengthIn(string component, Stream packed, byte[] key)
    {
        packed.Position = 0;
        Span<byte> mac = stackalloc byte[CompiledSeal.MacBytes];
        if (packed.ReadAtLeast(mac, mac.Length, throwOnEndOfStream: false) < mac.Length
            || !CryptographicOperations.FixedTimeEquals(Mac(component, packed.Length - mac.Length, SHA256.HashData(packed), key), mac))
        {
            throw new InvalidDataException("The store's code has another's seal.");
        }

        packed.Position = CompiledSeal.MacBytes;
        Span<byte> length = stackalloc byte[sizeof(int)];
        packed.ReadExactly(length);
        return BinaryPrimitives.ReadInt32LittleEndian(length) is >= 0 and <= MaxUnpacked and var bytes
            ? bytes
            : throw new InvalidDataException("The store's code is larger than any may be.");
    }

    private static void Unpack(Stream packed, int length, Stream into)
    {
        packed.Position = CompiledSeal.MacBytes + sizeof(int);
        using var code = new DecompressionStream(packed, leaveOpen: true);
        var piece = new byte[128 << 10];
        for (var left = length; left > 0;)
        {
            var read = code.Read(piece, 0, Math.Min(piece.Length, left));
            if (read == 0)
            {
                throw new InvalidDataException("The store's code is shorter than it says.");
            }

            into.Write(piece, 0, read);
            left -= read;
        }
    }

    private byte[] Mac(string component, long length, byte[] digest, byte[] key) =>
        CompiledSeal.Mac(key, "store", component, engineKey, length, Convert.ToHexStringLower(digest));

    /// <summary>What came of asking the store.</summary>
    /// <param name="IsThere">Whether there was code, and a file is made of it.</param>
    /// <param name="Unsaved">The code, where none could be.</param>
    private readonly record struct FetchedCode(bool IsThere, ReadOnlyMemory<byte>? Unsaved = null);
}
