using Escapement.Compiling;

namespace Escapement.Wasm.Tests;

/// <summary>Compiled code that nodes share, in memory.</summary>
internal sealed class FakeCodeStore : ICompiledCodeStore
{
    private readonly Dictionary<(string, string), byte[]> kept = [];

    /// <summary>How often it was asked for code that it has.</summary>
    public int Loads { get; private set; }

    /// <summary>Whether files take nothing.</summary>
    public bool DiskIsFull { get; set; }

    public void Change(Action<byte[]> change) => change(Assert.Single(kept).Value);

    public ValueTask SaveAsync(
        string component, string engine, ReadOnlyMemory<byte> code, DateTimeOffset now, DateTimeOffset dropBefore, CancellationToken cancellationToken)
    {
        kept[(component, engine)] = code.ToArray();
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> LoadAsync(string component, string engine, Stream into, CancellationToken cancellationToken)
    {
        if (!kept.TryGetValue((component, engine), out var code))
        {
            return new(false);
        }

        if (DiskIsFull && into is FileStream)
        {
            throw new IOException("No space left on device.");
        }

        Loads++;
        into.Write(code);
        return new(true);
    }

    public ValueTask RemoveAsync(string component, string engine, CancellationToken cancellationToken)
    {
        kept.Remove((component, engine));
        return ValueTask.CompletedTask;
    }
}
