using Wasmtime;
using Wasmtime.Components;

namespace Escapement.Wasm.Imports;

/// <summary>Everything that a component may import, bound for one component.</summary>
internal static class HostImports
{
    public static ComponentLinker Link(Engine engine, Component component)
    {
        var linker = new ComponentLinker(engine);
        try
        {
            linker.AddWasiPreview2();
            linker.AllowShadowing = true;
            using (var root = linker.Root())
            {
                TimerImports.Define(root);
                ContextImports.Define(root);
                LoggingImports.Define(root);
                SchedulerImports.Define(root);
                DeniedImports.Define(root);
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
