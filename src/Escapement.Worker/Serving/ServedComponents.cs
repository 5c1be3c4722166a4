using Escapement.Wasm.Components;
using Escapement.Wasm.Native;
using Escapement.Wasm.Protocol;
using Wasmtime;
using Wasmtime.Components;

namespace Escapement.Worker.Serving;

/// <summary>The components that are loaded in this worker, by their code.</summary>
internal sealed class ServedComponents(Engine engine, Func<Component, GuestLinker> link, int capacity)
{
    private readonly RecentlyUsed<string, ServedComponent> loaded = new(
        capacity, static served => served.NotLoaded is null, static served => served.Component?.EndUse());

    /// <summary>
    /// A component with one use taken, which the caller ends. Blocks while it is loaded. One that cannot be loaded is tried again by the next call.
    /// </summary>
    /// <param name="code">The file.</param>
    /// <param name="cold">Whether it had to be loaded.</param>
    public ServedComponent Find(CompiledCode code, out bool cold)
    {
        cold = false;
        while (true)
        {
            var loading = loaded.Touch(code.Digest, () => Task.FromResult(Load(code)));
            cold |= !loading.IsCompleted;
            var served = loading.GetAwaiter().GetResult();
            if (served.Component is not { } component || component.TryUse())
            {
                return served;
            }
        }
    }

    private ServedComponent Load(CompiledCode code)
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
            return new ServedComponent(new LoadedComponent(component, link(component), file));
        }
        catch (Exception e) when (component is not null && LoadedComponent.IsFault(e))
        {
            component.Dispose();
            file?.Dispose();
            return new ServedComponent(null, Fault: LoadedComponent.Fault(e));
        }
        catch (Exception e) when (e is WasmtimeException or IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            return new ServedComponent(null, NotLoaded: $"The component cannot be loaded: {e.Message}");
        }
    }
}

/// <summary>A component ready to run; or why it never can, which is its own fault; or why its code could not be loaded, which says nothing of it.</summary>
internal readonly record struct ServedComponent(LoadedComponent? Component, string? Fault = null, string? NotLoaded = null);
