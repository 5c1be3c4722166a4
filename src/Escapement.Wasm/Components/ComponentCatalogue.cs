using Escapement.Compiling;
using Escapement.Extensions;
using Microsoft.Extensions.Logging;
using Wasmtime;
using Wasmtime.Components;

namespace Escapement.Wasm.Components;

/// <summary>
/// The components that are loaded, by version, least recently used out first. Each is loaded once, however many ask at once; one that was
/// refused is remembered as such, because versions are immutable. What is not compiled is not waited for.
/// </summary>
internal sealed partial class ComponentCatalogue(
    Engine engine,
    CompiledLibrary library,
    ICompilations compilations,
    Func<Component, ComponentLinker> link,
    int capacity,
    ILogger logger) : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<VersionId, LinkedListNode<Entry>> entries = [];
    private readonly LinkedList<Entry> byUse = [];
    private readonly CancellationTokenSource closing = new();

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
        lock (gate)
        {
            foreach (var entry in byUse)
            {
                Release(entry.Loading);
            }

            entries.Clear();
            byUse.Clear();
        }

        closing.Dispose();
        library.Dispose();
    }

    private Task<ComponentLookup> Touch(ExtensionVersion version)
    {
        lock (gate)
        {
            if (entries.TryGetValue(version.Id, out var node) && !MayBeLater(node.Value.Loading))
            {
                byUse.Remove(node);
                byUse.AddFirst(node);
                return node.Value.Loading;
            }

            if (node is not null)
            {
                Remove(node);
            }

            var token = closing.Token;
            var loading = Task.Run(() => LoadAsync(version, token), token);
            entries.Add(version.Id, byUse.AddFirst(new Entry(version.Id, loading)));
            while (byUse.Count > capacity)
            {
                Remove(byUse.Last!);
            }

            return loading;
        }
    }

    // A lost store, a cancelled fetch and a compilation that goes on are no properties of the version: that one is tried again.
    private static bool MayBeLater(Task<ComponentLookup> loading) =>
        loading.IsFaulted || loading.IsCanceled || (loading.IsCompletedSuccessfully && loading.Result.IsNotCompiled);

    private void Remove(LinkedListNode<Entry> node)
    {
        byUse.Remove(node);
        entries.Remove(node.Value.Version);
        Release(node.Value.Loading);
    }

    private static void Release(Task<ComponentLookup> loading) => loading.ContinueWith(
        static task =>
        {
            if (task.IsCompletedSuccessfully)
            {
                task.Result.Component?.EndUse();
            }
            else
            {
                _ = task.Exception;
            }
        },
        CancellationToken.None,
        TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);

    private async Task<ComponentLookup> LoadAsync(ExtensionVersion version, CancellationToken cancellationToken)
    {
        Component? component = null;
        CompiledFileUse? file = null;
        try
        {
            // Nothing but this when the file is there: a node that starts with a warm cache reads no bundle at all.
            if (await library.TryLoadAsync(engine, version.ComponentSha256, cancellationToken) is not { } kept)
            {
                return await AskForAsync(version, cancellationToken);
            }

            (component, file) = kept;
            return new ComponentLookup(new LoadedComponent(component, link(component), file), null);
        }
        catch (Exception e) when (e is WasmtimeException or ArgumentException)
        {
            component?.Dispose();
            file?.Dispose();
            return Unusable(version.Id, $"The component cannot be loaded: {e.Message}");
        }
        finally
        {
            library.SweepIfDue();
        }
    }

    private async ValueTask<ComponentLookup> AskForAsync(ExtensionVersion version, CancellationToken cancellationToken)
    {
        var compilation = await compilations.GetAsync(version, cancellationToken);
        if (compilation.State == CompilationState.Refused)
        {
            return Unusable(version.Id, $"The component was refused: {compilation.Reason}");
        }

        compilations.Want(version, CompileFor.Runs);
        return default;
    }

    private ComponentLookup Unusable(VersionId version, string reason)
    {
        ComponentUnusable(version, reason);
        return new ComponentLookup(null, reason);
    }

    private readonly record struct Entry(VersionId Version, Task<ComponentLookup> Loading);
}
