using Wasmtime;
using Wasmtime.Components;
using static Escapement.Wasm.Boundary.Errors;
using static Escapement.Wasm.Imports.DeniedImports;

namespace Escapement.Wasm.Imports;

/// <summary>Everything that a component may import, bound for one component.</summary>
internal static class HostImports
{
    private static readonly Action<ComponentLinkerInstance>[] Interfaces =
    [
        TimerImports.Define,
        ContextImports.Define,
        LoggingImports.Define,
        SchedulerImports.Define,

        // Known, with nothing behind them yet.
        Denied("secrets", ("get", Error("denied")), ("list-keys", ComponentValue.List([]))),
        Denied("http", ("fetch", Error("not-allowed"))),
        Denied("storage", ("get", Error("denied")), ("put", Error("denied")), ("delete", Error("denied")), ("list-entries", Error("denied"))),
        Denied("ui-proxy", ("call-route", Error("denied"))),

        // A run belongs to no user, so there is none to tell of, though anybody may ask.
        Denied("user", ("get-user", Error("not-available"))),
        Denied("user-v2", ("get-user", Error("not-available"))),
    ];

    public static ComponentLinker Link(Engine engine, Component component)
    {
        var linker = new ComponentLinker(engine);
        try
        {
            linker.AddWasiPreview2();
            linker.AllowShadowing = true;
            using (var root = linker.Root())
            {
                foreach (var define in Interfaces)
                {
                    define(root);
                }
            }

            UnknownImports.Define(engine, linker, component);
            return linker;
        }
        catch
        {
            linker.Dispose();
            throw;
        }
    }
}
