using Escapement.Extensions;
using Escapement.Wasm.Components;
using Escapement.Wasm.Protocol;

namespace Escapement.Wasm.Workers;

/// <summary>
/// The compiled files of versions, for workers to load. Each is looked for once, however many ask; one that was refused is remembered as such,
/// because versions are immutable. What is not compiled is not waited for.
/// </summary>
/// <remarks>
/// A file is held open while it is remembered. One that makes room for another may still be about to be loaded; it was marked as used
/// just before, so no sweep takes it.
/// </remarks>
internal sealed class CompiledFiles(CompiledLibrary library, IMissingCode missing, int capacity) : IDisposable
{
    private readonly RecentlyUsed<VersionId, CompiledFileLookup> files = new(
        capacity, static lookup => !lookup.IsNotCompiled, static lookup => lookup.File?.Dispose());

    private readonly CancellationTokenSource closing = new();

    /// <summary>The version's file, or why there is none.</summary>
    public ValueTask<CompiledFileLookup> FindAsync(ExtensionVersion version, CancellationToken cancellationToken)
    {
        var token = closing.Token;
        var finding = files.Touch(version.Id, () => LoadAsync(version, token));
        return finding.IsCompletedSuccessfully ? new(finding.Result) : new(finding.WaitAsync(cancellationToken));
    }

    /// <summary>
    /// A worker could not load the version's file: whoever asks next has it looked at again. One that is gone, or is not what its seal says any more, is made
    /// anew.
    /// </summary>
    public void Forget(ExtensionVersion version, CompiledFileLookup lookup) => files.Forget(version.Id, lookup);

    /// <summary>A file that is what its seal says cannot be loaded.</summary>
    /// <returns>What the version's runs wait for.</returns>
    public ValueTask<string> NotLoadedAsync(ExtensionVersion version, string reason, CancellationToken cancellationToken) =>
        missing.NotLoadedAsync(version, reason, cancellationToken);

    public void Dispose()
    {
        closing.Cancel();
        files.Dispose();
        closing.Dispose();
        library.Dispose();
    }

    private async Task<CompiledFileLookup> LoadAsync(ExtensionVersion version, CancellationToken cancellationToken)
    {
        try
        {
            // Nothing but this when the file is there: a node that starts with a warm cache reads no bundle at all.
            if (!missing.IsOfNoUse(version)
                && await library.TryOpenAsync(version.ComponentSha256, missing.TakesStoresCode(version), cancellationToken) is { } file)
            {
                return new CompiledFileLookup(file, null);
            }

            var (failure, waits) = await missing.AskForAsync(version, cancellationToken);
            return new CompiledFileLookup(null, failure, waits);
        }
        catch (IOException e)
        {
            // There is code, and the disk takes no file of it. That passes, and is no fault of the run's.
            return new CompiledFileLookup(null, null, e.Message);
        }
        finally
        {
            library.SweepIfDue();
        }
    }
}

/// <summary>A compiled file; or why there will be none; or, when it is not compiled yet, what its runs wait for.</summary>
internal readonly record struct CompiledFileLookup(CompiledFileUse? File, string? Failure, string? Waits = null)
{
    /// <summary>Whether it may be asked for again.</summary>
    public bool IsNotCompiled => File is null && Failure is null;

    /// <summary>What a worker is told to load.</summary>
    public CompiledCode Code => new(File!.Path, File.Digest);
}
