using Escapement.Runs;
using Wasmtime.Components;

namespace Escapement.Wasm.Imports;

/// <summary>
/// Timers are taken out of the WASI clocks. A guest that waits for one sleeps inside the engine, where no interruption reaches
/// it: it would hold a slot past its time limit, for years if it likes. Reading the clocks stays.
/// </summary>
internal static class TimerImports
{
    // The version under which the engine defines WASI; components that import another 0.2 get the same functions.
    private const string MonotonicClock = "wasi:clocks/monotonic-clock@0.2.12";

    public static void Define(ComponentLinkerInstance root)
    {
        using var clock = new HostInterface(root, MonotonicClock);
        foreach (var function in (ReadOnlySpan<string>)["subscribe-duration", "subscribe-instant"])
        {
            clock.Function(function, "clocks." + function, static (run, _, _) => throw run.EndGuest(
                RunReason.Trap, "The guest set a timer; a run cannot sleep. Use a schedule for what is to happen later."));
        }
    }
}
