using Escapement.Extensions;

namespace Escapement.Compiling;

/// <summary>For a sandbox that needs no compilation: every version is ready as soon as it is published.</summary>
public sealed class NothingToCompile : ICompilations
{
    /// <inheritdoc/>
    public ValueTask<Compilation> GetAsync(ExtensionVersion version, CancellationToken cancellationToken = default) => new(Compilation.Done);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Compilation>> GetManyAsync(IReadOnlyList<ExtensionVersion> versions, CancellationToken cancellationToken = default) =>
        new([.. versions.Select(_ => Compilation.Done)]);

    /// <inheritdoc/>
    public void Want(ExtensionVersion version, CompileFor purpose)
    {
    }

    /// <inheritdoc/>
    public void Review()
    {
    }

    /// <inheritdoc/>
    public ValueTask ForgetAsync(ExtensionVersion version, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public Task RunAsync(CancellationToken stopping) => Task.CompletedTask;
}
