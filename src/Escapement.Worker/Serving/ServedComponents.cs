using Escapement.Wasm.Components;
using Escapement.Wasm.Native;
using Escapement.Wasm.Protocol;
using Wasmtime;
using Wasmtime.Components;

namespace Escapement.Worker.Serving;

/// <summary>The components that are loaded in this worker, by their code.</summary>
internal sealed class ServedComponents(Engine engine, Func<Component, GuestLinker> link, int capacity)
{
    private readonly RecentlyUsed<string, ComponentLookup> loaded = new(
        capacity, static lookup => lookup.Component is not null, static lookup => lookup.Component?.EndUse());

    /// <summary>
    /// A component with one use taken, which the caller ends. Blocks while it is loaded. One that cannot be loaded is tried again by the next call.
    /// </summary>
    /// <param name="code">The file.</param>
    /// <param name="cold">Whether it had to be loaded.</param>
    public ComponentLookup Find(CompiledCode code, out bool cold)
    {
        cold = false;
        while (true)
        {
            var loading = loaded.Touch(code.Digest, () => Task.FromResult(Load(code)));
            cold |= !loading.IsCompleted;
            var lookup = loading.GetAwaiter().GetResult();
            if (lookup.Component is not { } component || component.TryUse())
            {
                return lookup;
            }
        }
    }

    private ComponentLookup Load(CompiledCode code)
    {
        CompiledFileUse? file = null;
        Component? component = null;
        try
        {
            file = CompiledFileUse.OpenReadOnly(code.Path);
            if (file.Digest != code.Digest)
            {
                throw new IOException("the compiled file is not the one that the host has checked.");
            }

            component = file.Load(engine);
            return new ComponentLookup(new LoadedComponent(component, link(component), file), null);
        }
        catch (Exception e) when (e is WasmtimeException or IOException or UnauthorizedAccessException)
        {
            component?.Dispose();
            file?.Dispose();
            return new ComponentLookup(null, $"The component cannot be loaded: {e.Message}");
        }
    }
}
