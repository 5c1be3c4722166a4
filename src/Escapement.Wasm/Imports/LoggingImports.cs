using Escapement.Extensions;
using Wasmtime.Components;

namespace Escapement.Wasm.Imports;

/// <summary>
/// <c>alga:extension/logging</c>. The interface has no way to refuse: without <c>cap:log.emit</c> lines are dropped and counted.
/// </summary>
internal static class LoggingImports
{
    public static void Define(ComponentLinkerInstance root)
    {
        using var logging = new HostInterface(root, "alga:extension/logging");
        Level(logging, "info");
        Level(logging, "warn");
        Level(logging, "error");
    }

    private static void Level(HostInterface logging, string level)
    {
        var operation = "logging." + level;
        logging.Function("log-" + level, operation, (run, arguments, _) =>
        {
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
