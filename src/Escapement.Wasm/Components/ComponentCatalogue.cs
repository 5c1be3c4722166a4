using Escapement.Extensions;
using Escapement.Wasm.Native;
using Microsoft.Extensions.Logging;
using Wasmtime;
using Wasmtime.Components;

namespace Escapement.Wasm.Components;

/// <summary>
/// The components that are loaded, by version, least recently used out first. Each is loaded once, however many ask at once; one that was
/// refused is remembered as such, because versions are immutable. What is not compiled is not waited for.
/// </summary>
internal sealed partial class ComponentCatalogue(
    Engine engine, CompiledLibrary library, IMissingCode missing, Func<Component, GuestLinker> link, int capacity, ILogger logger) : IDisposable
{
    private readonly RecentlyUsed<VersionId, ComponentLookup> loaded = new(
        capacity, static lookup => !lookup.IsNotCompiled, static lookup => lookup.Component?.EndUse());

    private readonly CancellationTokenSource closing = new();

    /// <summary>A component with one use taken; the caller ends it.</summary>
    public async ValueTask<ComponentLookup> FindAsync(ExtensionVersion version, CancellationToken cancellationToken)
    {
        while (true)
        {
            var token = closing.Token;
            var loading = loaded.Touch(version.Id, () => LoadAsync(version, token));
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
        library.Dispose();
    }

    private async Task<ComponentLookup> LoadAsync(ExtensionVersion version, CancellationToken cancellationToken)
    {
        Component? component = null;
        CompiledFileUse? file = null;
        try
        {
            // Nothing but this when the file is there: a node that starts with a warm cache reads no bundle at all.
            if (missing.IsOfNoUse(version)
                || await library.TryLoadAsync(engine, version.ComponentSha256, missing.TakesStoresCode(version), cancellationToken) is not { } kept)
            {
                var (failure, waits) = await missing.AskForAsync(version, cancellationToken);
                return new ComponentLookup(null, failure, waits);
            }

            (component, file) = kept;
            return new ComponentLookup(new LoadedComponent(component, link(component), file), null);
        }
        catch (WasmtimeException e) when (component is null)
        {
            return new ComponentLookup(null, null, await missing.NotLoadedAsync(version, e.Message, cancellationToken));
        }
        catch (Exception e) when (LoadedComponent.IsFault(e))
        {
            component?.Dispose();
            file?.Dispose();
            ComponentUnusable(version.Id, e.Message);
            return new ComponentLookup(null, LoadedComponent.Fault(e));
        }
        finally
        {
            library.SweepIfDue();
        }
    }
}
