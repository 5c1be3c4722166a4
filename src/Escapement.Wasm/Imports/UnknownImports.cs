using System.Text.RegularExpressions;
using Escapement.Runs;
using Escapement.Wasm.Running;
using Wasmtime;
using Wasmtime.Components;

namespace Escapement.Wasm.Imports;

/// <summary>
/// Gives a component something to call for every import that the host does not know, so that it loads; the call ends the run
/// (contract section 7).
/// </summary>
/// <remarks>
/// The engine's own way to do so matches names exactly, and would put a trap in the place of WASI functions for every component
/// that was built against another 0.2 than the engine's. So the engine is asked what it misses, one function at a time, and
/// its own way is left for what cannot be given so: interfaces with resources.
/// </remarks>
internal static partial class UnknownImports
{
    private const int MaxFunctions = 1_000;

    // Each question takes a place in the engine's pool for a moment, and the pool has one for them beside those of the slots.
    private static readonly Lock OneAtATime = new();

    public static void Define(Engine engine, ComponentLinker linker, Component component)
    {
        lock (OneAtATime)
        {
            DefineMissing(engine, linker, component);
        }
    }

    private static void DefineMissing(Engine engine, ComponentLinker linker, Component component)
    {
        var defined = new HashSet<(string, string)>();
        while (Missing(engine, linker, component) is { } text)
        {
            var at = Instance().Match(text);
            var function = Export().Matches(text).LastOrDefault();
            if (!at.Success
                || function is null
                || text.Contains("resource implementation is missing", StringComparison.Ordinal)
                || at.Groups[1].Value.StartsWith("wasi:", StringComparison.Ordinal)
                || defined.Count >= MaxFunctions
                || !defined.Add((at.Groups[1].Value, function.Groups[1].Value)))
            {
                linker.DefineUnknownImportsAsTraps(component);
                return;
            }

            Trap(linker, at.Groups[1].Value, function.Groups[1].Value);
        }
    }

    /// <summary>What the engine says is missing; null when nothing is.</summary>
    private static string? Missing(Engine engine, ComponentLinker linker, Component component)
    {
        // Imports are checked before anything is made, and with no instance allowed nothing is: no guest code runs here.
        using var store = new Store(engine);
        store.SetLimits(memorySize: 0, instances: 0);
        store.SetEpochDeadline(0);
        store.SetWasiConfiguration(new WasiConfiguration());
        try
        {
            linker.Instantiate(store, component);
            return null;
        }
        catch (WasmtimeException e)
        {
            return e.Message.Contains("matching implementation was not found", StringComparison.Ordinal) ? e.Message : null;
        }
    }

    private static void Trap(ComponentLinker linker, string interfaceName, string function)
    {
        using var root = linker.Root();
        using var instance = root.AddInstance(interfaceName);
        instance.DefineFunction(function, (_, _) => throw GuestRun.Current.EndGuest(
            RunReason.Trap, $"The guest called {interfaceName}#{function}, which this host does not have."));
    }

    [GeneratedRegex("component imports instance `([^`]+)`")]
    private static partial Regex Instance();

    [GeneratedRegex("instance export `([^`]+)`")]
    private static partial Regex Export();
}
