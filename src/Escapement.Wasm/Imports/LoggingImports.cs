using Escapement.Extensions;
using Escapement.Wasm.Running;
using Wasmtime.Components;

namespace Escapement.Wasm.Imports;

/// <summary>
/// <c>alga:extension/logging</c>. The interface has no way to refuse: without <c>cap:log.emit</c> lines are dropped and counted.
/// </summary>
internal static class LoggingImports
{
    public static void Define(ComponentLinkerInstance root)
    {
        using var logging = root.AddInstance("alga:extension/logging");
        Level(logging, "info");
        Level(logging, "warn");
        Level(logging, "error");
    }

    private static void Level(ComponentLinkerInstance logging, string level)
    {
        var operation = "logging." + level;
        logging.DefineFunction("log-" + level, (arguments, _) =>
        {
            var run = GuestRun.Current;
            run.Count(operation);
            if (run.Invocation.Extension.Can(Capability.LogEmit))
            {
                run.Log.Add(level, arguments[0].AsString());
            }
            else
            {
                run.Log.Drop();
            }
        });
    }
}
