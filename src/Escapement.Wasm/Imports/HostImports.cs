using Escapement.Extensions;
using Escapement.Wasm.Native;
using Wasmtime;
using Wasmtime.Components;
using static Escapement.Wasm.Boundary.Errors;
using static Escapement.Wasm.Imports.DeniedImports;

namespace Escapement.Wasm.Imports;

/// <summary>Everything that a component may import, bound for one component.</summary>
internal static class HostImports
{
    private const string NotYet = "this version of the host does not have it.";

    // A run belongs to no user, so there is none to tell of, though anybody may ask.
    private const string NoUser = "nobody called: this run belongs to no user.";

    private static readonly Action<ComponentLinkerInstance>[] Interfaces =
    [
        TimerImports.Define,
        ContextImports.Define,
        LoggingImports.Define,
        SchedulerImports.Define,

        // Known, with nothing behind them yet.
        Denied("secrets", Capability.SecretsGet, NotYet, ("get", Error("denied")), ("list-keys", ComponentValue.List([]))),
        Denied("http", Capability.HttpFetch, NotYet, ("fetch", Error("not-allowed"))),
        Denied(
            "storage",
            Capability.StorageKv,
            NotYet,
            ("get", Error("denied")),
            ("put", Error("denied")),
            ("delete", Error("denied")),
            ("list-entries", Error("denied"))),
        Denied("ui-proxy", Capability.UiProxy, NotYet, ("call-route", Error("denied"))),
        Denied("user", Capability.UserRead, NoUser, ("get-user", Error("not-available"))),
        Denied("user-v2", Capability.UserRead, NoUser, ("get-user", Error("not-available"))),
    ];

    public static GuestLinker Link(Engine engine, Component component)
    {
        var shape = TypeReader.Read(engine, component, HostWorld.IsWasi);
        var linker = new GuestLinker(engine) { Shape = shape };
        try
        {
            linker.AddWasiPreview2();
            linker.AllowShadowing = true;
            using var root = linker.Root();

            // First, so that what the host knows takes the place of what it does not.
            UnknownImports.Define(root, shape.Imports);
            foreach (var define in Interfaces)
            {
                define(root);
            }

            return linker;
        }
        catch
        {
            linker.Dispose();
            throw;
        }
    }
}
