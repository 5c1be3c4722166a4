using Escapement.Wasm.Components;
using Escapement.Wasm.Imports;
using Escapement.Wasm.Running;
using Wasmtime;
using Wasmtime.Components;

namespace Escapement.Worker.Compiling;

/// <summary>
/// Lets a component start as each of its runs does, and says when that ends in a trap of its own: then no run would ever get to its handler. This runs a
/// stranger's code, so it comes last, when this process has handed over what it compiled. What the start asks of the host it does not get here, and what
/// comes of that says nothing.
/// </summary>
internal static class StartCheck
{
    // In ticks of 10 ms. One that takes longer is told at the first run, which has more time.
    private const ulong Ticks = 100;

    private const string Trap = "wasm trap: ";

    /// <summary>For its author; null when it starts, or when nobody can tell.</summary>
    public static string? Fault(Engine engine, ReadOnlySpan<byte> code, long memoryLimit)
    {
        using var component = Component.Deserialize(engine, code);
        using var linker = HostImports.Link(engine, component);
        using var ticker = new EpochTicker(engine);
        using var store = new Store(engine);
        EngineSettings.Limit(store, memoryLimit);
        store.SetEpochDeadline(Ticks);
        store.SetWasiConfiguration(new WasiConfiguration());
        ticker.Enter();
        try
        {
            linker.Instantiate(store, component);
            return null;
        }
        catch (WasmtimeException e)
        {
            return Fault(e);
        }
        finally
        {
            ticker.Leave();
        }
    }

    private static string? Fault(WasmtimeException e)
    {
        const string before = "Its start, which comes before its handler in every run, ";
        if (e.ExitCode is { } code)
        {
            return $"{before}ends it with exit code {code}";
        }

        var at = e.Message.IndexOf(Trap, StringComparison.Ordinal);
        var trap = at < 0 ? "interrupt" : e.Message[(at + Trap.Length)..].Split('\n')[0];
        return trap.StartsWith("interrupt", StringComparison.Ordinal) ? null : $"{before}ends in a trap: {trap}";
    }
}
