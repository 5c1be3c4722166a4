using System.Diagnostics;
using System.Security.Cryptography;
using Escapement.Extensions;
using Escapement.Sandbox;
using Escapement.Telemetry;
using Escapement.Wasm.Components;
using Escapement.Wasm.Protocol;
using Microsoft.Extensions.Logging;

namespace Escapement.Wasm.Workers;

/// <summary>
/// The compiled files of versions, for workers to load: out of the cache, or made there by a compiler. Each is looked for once, however many ask;
/// one that cannot be compiled is remembered as such, because versions are immutable.
/// </summary>
/// <remarks>
/// A file is held open while it is remembered. One that makes room for another may still be about to be loaded; it was marked as used
/// just before, so no sweep takes it.
/// </remarks>
internal sealed partial class CompiledFiles(
    IComponentSource source,
    IComponentCompiler compiler,
    CompiledCache cache,
    int capacity,
    SandboxTelemetry telemetry,
    ILogger logger) : IDisposable
{
    private readonly RecentlyUsed<VersionId, CompiledFileLookup> files = new(capacity, static lookup => lookup.File?.Dispose());
    private readonly CancellationTokenSource closing = new();

    // One at a time: a compilation uses every processor by itself, and some hundred megabytes meanwhile.
    private readonly SemaphoreSlim compiling = new(1);

    /// <summary>The version's file, or why there is none.</summary>
    public ValueTask<CompiledFileLookup> FindAsync(ExtensionVersion version, CancellationToken cancellationToken)
    {
        var token = closing.Token;
        var finding = files.Touch(version.Id, () => LoadAsync(version, token));
        return finding.IsCompletedSuccessfully ? new(finding.Result) : new(finding.WaitAsync(cancellationToken));
    }

    public void Dispose()
    {
        closing.Cancel();
        files.Dispose();
        closing.Dispose();
        cache.Dispose();
    }

    private async Task<CompiledFileLookup> LoadAsync(ExtensionVersion version, CancellationToken cancellationToken)
    {
        try
        {
            if (cache.TryOpen(version.ComponentSha256) is { } kept)
            {
                return new CompiledFileLookup(kept, null);
            }

            await compiling.WaitAsync(cancellationToken);
            try
            {
                // Another may have made it while this one waited: many versions share the places of a few.
                return cache.TryOpen(version.ComponentSha256) is { } made
                    ? new CompiledFileLookup(made, null)
                    : await CompileAsync(version, cancellationToken);
            }
            finally
            {
                compiling.Release();
            }
        }
        finally
        {
            _ = cache.SweepIfDue();
        }
    }

    private async Task<CompiledFileLookup> CompileAsync(ExtensionVersion version, CancellationToken cancellationToken)
    {
        // Only now: a node that starts with a warm cache reads no bundle at all.
        var bytes = await source.GetComponentAsync(version.Id, cancellationToken);
        if (bytes is null)
        {
            return Unusable(version.Id, $"Version {version.Id} has no component.");
        }

        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != version.ComponentSha256)
        {
            return Unusable(version.Id, "The component is not the one that was published: its SHA-256 differs.");
        }

        Compiling(version.Id, bytes.Length);
        var started = Stopwatch.GetTimestamp();
        var result = await compiler.CompileAsync(bytes, cancellationToken);
        var took = Stopwatch.GetElapsedTime(started);
        telemetry.Compiled(took);
        if (result is not CompileResult.Compiled { Code: var code })
        {
            return Unusable(version.Id, result.Failure!);
        }

        Compiled(version.Id, took);
        return cache.Save(code, version.ComponentSha256) && cache.TryOpen(version.ComponentSha256) is { } file
            ? new CompiledFileLookup(file, null)
            : throw new IOException("The compiled component could not be kept, so no worker can load it.");
    }

    private CompiledFileLookup Unusable(VersionId version, string reason)
    {
        ComponentUnusable(version, reason);
        return new CompiledFileLookup(null, reason);
    }
}

/// <summary>A compiled file, or why there is none.</summary>
internal readonly record struct CompiledFileLookup(CompiledFileUse? File, string? Failure)
{
    /// <summary>What a worker is told to load.</summary>
    public CompiledCode Code => new(File!.Path, File.Sha256);
}
