using Escapement.Wasm.Native;
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
internal sealed class ComponentCheck(Engine engine, Func<Component, GuestLinker> link, long memoryLimit)
{
    private const int MaxMessage = 2_000;

    // Each check takes a place in the engine's pool for a moment.
    private static readonly Lock OneAtATime = new();

    /// <summary>For its author; null when nothing is wrong.</summary>
    public string? Fault(Component component)
    {
        using var linker = link(component);
        return HandlerFault(linker.Shape.Handler)
            ?? linker.Shape.Imports.Select(ImportFault).FirstOrDefault(f => f is not null)
            ?? StartFault(linker, component);
    }

    private static string? HandlerFault(GuestFunctionType? handler)
    {
        const string world = "of the world alga:extension/runner";
        var wanted = WorldTypes.Functions["handler"];
        return handler?.ToString() is not { } type ? $"It does not export the function \"handler\" {world}"
            : type != wanted ? $"Its handler has another type than that {world}: {Short(type)} in place of {wanted}"
            : null;
    }

    private static string? ImportFault(ImportedItem item) => item switch
    {
        ImportedItem.Module => $"It imports the core module {Short(item.Name)}, which this host does not have",
        ImportedItem.Instance instance => instance.Items.OfType<ImportedItem.Function>()
            .Select(f => FunctionFault($"{instance.Name}#{f.Name}", f.Type.ToString()))
            .FirstOrDefault(f => f is not null),
        _ => null,
    };

    private static string? FunctionFault(string name, string type) =>
        WorldTypes.Functions.TryGetValue(name, out var known) && Comparable(name, type) != Comparable(name, known)
            ? $"It imports {name} with another type than this host's: {Short(type)} in place of {known}"
            : null;

    // Components are about that import this record with and without the field (contract section 7).
    private static string Comparable(string name, string type) =>
        name.StartsWith("alga:extension/user#", StringComparison.Ordinal) ? type.Replace("client-id:option<string>,", "", StringComparison.Ordinal) : type;

    private static string Short(string text) => text.Length <= MaxMessage ? text : text[..MaxMessage] + "...";

    /// <summary>Makes an instance as a run does, and ends the guest's own code at its first step: it is the rest that is to be seen.</summary>
    private string? StartFault(GuestLinker linker, Component component)
    {
        lock (OneAtATime)
        {
            try
            {
                using var store = new Store(engine);
                EngineSettings.Limit(store, memoryLimit);
                store.SetEpochDeadline(0);
                store.SetWasiConfiguration(new WasiConfiguration());
                linker.Instantiate(store, component);
                return null;
            }
            catch (WasmtimeException e)
            {
                return e.Message.Contains("wasm trap", StringComparison.Ordinal) ? null
                    : EngineWords.OfLimit(e.Message, memoryLimit) ?? $"It can never run on this host: {Short(e.Message)}";
            }
        }
    }
}
