using System.Diagnostics;
using System.Security.Cryptography;
using Escapement.Extensions;
using Escapement.Sandbox;
using Escapement.Telemetry;
using Escapement.Wasm.Native;
using Microsoft.Extensions.Logging;
using Wasmtime;
using Wasmtime.Components;

namespace Escapement.Wasm.Components;

/// <summary>
/// The components that are loaded, by version, least recently used out first. Each is fetched and compiled once, however many
/// ask at once; one that cannot be compiled is remembered as such, because versions are immutable.
/// </summary>
internal sealed partial class ComponentCatalogue(
    Engine engine,
    IComponentSource source,
    CompiledCache cache,
    Func<Component, GuestLinker> link,
    int capacity,
    SandboxTelemetry telemetry,
    ILogger logger) : IDisposable
{
    private readonly RecentlyUsed<VersionId, ComponentLookup> loaded = new(capacity, static lookup => lookup.Component?.EndUse());
    private readonly CancellationTokenSource closing = new();

    // One at a time: a compilation uses every processor by itself, and some hundred megabytes meanwhile.
    private readonly SemaphoreSlim compiling = new(1);

    /// <summary>A component with one use taken; the caller ends it.</summary>
    public async ValueTask<ComponentLookup> FindAsync(ExtensionVersion version, CancellationToken cancellationToken)
    {
        while (true)
        {
            var loading = Touch(version);
            var lookup = loading.IsCompletedSuccessfully ? loading.Result : await loading.WaitAsync(cancellationToken);
            if (lookup.Component is not { } component || component.TryUse())
            {
                return lookup;
            }
        }
    }

    public void Dispose()
    {
        closing.Cancel();
        loaded.Dispose();
        closing.Dispose();
        cache.Dispose();
    }

    // A lost store or a cancelled fetch is no property of the version: that one is tried again.
    private Task<ComponentLookup> Touch(ExtensionVersion version)
    {
        var token = closing.Token;
        return loaded.Touch(version.Id, () => LoadAsync(version, token));
    }

    private async Task<ComponentLookup> LoadAsync(ExtensionVersion version, CancellationToken cancellationToken)
    {
        var sha256 = version.ComponentSha256;
        Component? component = null;
        CompiledFileUse? file = null;
        try
        {
            if (cache.TryLoad(engine, sha256) is { } kept)
            {
                (component, file) = kept;
            }
            else
            {
                await compiling.WaitAsync(cancellationToken);
                try
                {
                    // Only now: a node that starts with a warm cache reads no bundle at all.
                    var bytes = await source.GetComponentAsync(version.Id, cancellationToken);
                    if (bytes is null)
                    {
                        return Unusable(version.Id, $"Version {version.Id} has no component.");
                    }

                    if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != sha256)
                    {
                        return Unusable(version.Id, "The component is not the one that was published: its SHA-256 differs.");
                    }

                    (component, file) = await CompileAsync(bytes, sha256, version.Id);
                    NativeHeap.Trim();
                }
                finally
                {
                    compiling.Release();
                }
            }

            return new ComponentLookup(LoadedComponent.Of(component, link, file), null);
        }
        catch (Exception e) when (e is WasmtimeException or ArgumentException)
        {
            component?.Dispose();
            file?.Dispose();
            return Unusable(version.Id, $"The component cannot be loaded: {e.Message}");
        }
        finally
        {
            _ = cache.SweepIfDue();
        }
    }

    private ComponentLookup Unusable(VersionId version, string reason)
    {
        ComponentUnusable(version, reason);
        return new ComponentLookup(null, reason);
    }

    private async Task<(Component, CompiledFileUse?)> CompileAsync(byte[] bytes, string sha256, VersionId version)
    {
        Compiling(version, bytes.Length);
        var started = Stopwatch.GetTimestamp();

        // Seconds of work for a processor: on a thread of its own, so that the thread pool stays free.
        var component = await Task.Factory.StartNew(
            () => Component.FromBytes(engine, bytes), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var saved = cache.Save(component.Serialize(), sha256);
        var took = Stopwatch.GetElapsedTime(started);
        telemetry.Compiled(took);
        Compiled(version, took);

        // From its file the code is a mapping, which the system may drop and processes share; as compiled it is tens of megabytes of
        // this process alone, for as long as it is loaded.
        if (saved && cache.TryLoad(engine, sha256) is { } kept)
        {
            component.Dispose();
            return kept;
        }

        return (component, null);
    }
}
