using System.Collections.Concurrent;
using Escapement.Compiling;
using Escapement.Extensions;

namespace Escapement.Server.Tests;

/// <summary>Says of every version what a test has it say, and keeps what it was asked.</summary>
internal sealed class FakeCompilations : ICompilations
{
    public bool AreStored { get; init; }

    public Compilation State { get; set; } = Compilation.Pending;

    public ConcurrentQueue<(string Version, CompileFor Purpose)> Wanted { get; } = [];

    public int Reviews { get; private set; }

    public ConcurrentQueue<string> Forgotten { get; } = [];

    bool ICompilations.AreStored => AreStored;

    public ValueTask<Compilation> GetAsync(ExtensionVersion version, CancellationToken cancellationToken) => new(State);

    public ValueTask<IReadOnlyList<Compilation>> GetManyAsync(IReadOnlyList<ExtensionVersion> versions, CancellationToken cancellationToken) =>
        new([.. versions.Select(_ => State)]);

    public void Want(ExtensionVersion version, CompileFor purpose) => Wanted.Enqueue((version.Manifest.Version, purpose));

    public void Review() => Reviews++;

    public ValueTask ForgetAsync(ExtensionVersion version, CancellationToken cancellationToken)
    {
        Forgotten.Enqueue(version.Manifest.Version);
        return ValueTask.CompletedTask;
    }

    public Task RunAsync(CancellationToken stopping) => Task.CompletedTask;
}
