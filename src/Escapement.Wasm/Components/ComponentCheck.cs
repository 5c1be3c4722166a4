using Wasmtime;
using Wasmtime.Components;

namespace Escapement.Wasm.Components;

/// <summary>
/// What is wrong with a component that compiles and yet can never run here. It is told to its author when the version is published, and not
/// to those whose first run fails.
/// </summary>
/// <param name="engine">The engine.</param>
/// <param name="link">Binds a component's imports.</param>
/// <param name="memoryLimit">How much memory a guest may have.</param>
internal sealed class ComponentCheck(Engine engine, Func<Component, ComponentLinker> link, long memoryLimit)
{
    private const int MaxMessage = 2_000;

    // Each check takes a place in the engine's pool for a moment.
    private static readonly Lock OneAtATime = new();

    /// <summary>For its author; null when nothing is wrong.</summary>
    public string? Fault(Component component)
    {
        var (imports, exports) = NativeTypes.Of(engine, component);
        return HandlerFault(exports) ?? ImportFault(imports) ?? StartFault(component);
    }

    private static string? HandlerFault(Dictionary<string, string> exports) =>
        !exports.TryGetValue("handler", out var type)
            ? "It does not export the function \"handler\" of the world alga:extension/runner"
            : type != WorldTypes.Functions["handler"]
            ? $"Its handler has another type than that of the world alga:extension/runner: {Short(type)} in place of {WorldTypes.Functions["handler"]}"
            : null;

    private static string? ImportFault(Dictionary<string, string> imports)
    {
        foreach (var (name, type) in imports)
        {
            if (type == NativeTypes.CoreModule)
            {
                return $"It imports the core module {Short(name)}, which this host does not have";
            }

            if (WorldTypes.Functions.TryGetValue(name, out var known) && Comparable(name, type) != Comparable(name, known))
            {
                return $"It imports {name} with another type than this host's: {Short(type)} in place of {known}";
            }
        }

        return null;
    }

    // Components are about that import this record with and without the field (contract section 7).
    private static string Comparable(string name, string type) =>
        name.StartsWith("alga:extension/user#", StringComparison.Ordinal) ? type.Replace("client-id:option<string>,", "", StringComparison.Ordinal) : type;

    private static string Short(string type) => type.Length <= MaxMessage ? type : type[..MaxMessage] + "...";

    /// <summary>Makes an instance as a run does, and ends the guest's own code at its first step: it is the rest that is to be seen.</summary>
    private string? StartFault(Component component)
    {
        lock (OneAtATime)
        {
            try
            {
                using var linker = link(component);
                using var store = new Store(engine);
                store.SetLimits(
                    memoryLimit,
                    EngineSettings.ElementsPerTable,
                    EngineSettings.InstancesPerRun,
                    EngineSettings.TablesPerRun,
                    EngineSettings.MemoriesPerRun);
                store.SetEpochDeadline(0);
                store.SetWasiConfiguration(new WasiConfiguration());
                linker.Instantiate(store, component);
                return null;
            }
            catch (WasmtimeException e)
            {
                return e.Message.Contains("wasm trap", StringComparison.Ordinal) ? null : $"It can never run on this host: {Short(e.Message)}";
            }
        }
    }
}
