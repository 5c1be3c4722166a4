using Wasmtime;
using Wasmtime.Components;

namespace Escapement.Wasm.Imports;

/// <summary>Everything that a component may import, bound for one component.</summary>
internal static class HostImports
{
    public static ComponentLinker Link(Engine engine, Component component)
    {
        var linker = new ComponentLinker(engine);
        linker.AddWasiPreview2();
        linker.AllowShadowing = true;
        using (var root = linker.Root())
        {
            ContextImports.Define(root);
            LoggingImports.Define(root);
            SchedulerImports.Define(root);
            DeniedImports.Define(root);
        }

        linker.AllowShadowing = false;
        linker.DefineUnknownImportsAsTraps(component);
        return linker;
    }
}
