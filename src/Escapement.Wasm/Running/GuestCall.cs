using Escapement.Firing;
using Escapement.Sandbox;
using Escapement.Wasm.Boundary;
using Escapement.Wasm.Components;
using Wasmtime;

namespace Escapement.Wasm.Running;

/// <summary>Runs one guest from a fresh store to its result, on the thread it is called on.</summary>
internal static class GuestCall
{
    public static InvocationResult Carry(Engine engine, LoadedComponent component, GuestRun run, WasmSandboxOptions options)
    {
        var lineBytes = (int)Math.Min(4L * options.MaxLogLineChars, 1 << 20);
        var output = new OutputLines(run.Log, "stdout", lineBytes);
        var errors = new OutputLines(run.Log, "stderr", lineBytes);
        try
        {
            run.CheckTime();
            using var store = new Store(engine);
            store.SetLimits(options.MemoryLimit, EngineSettings.MaxTableElements, EngineSettings.MaxInstances, EngineSettings.MaxTables, EngineSettings.MemoriesPerRun);
            store.SetEpochDeadlineCallback(_ =>
            {
                run.CheckTime();
                return 1;
            });
            store.SetEpochDeadline(1);
            store.SetWasiConfiguration(new WasiConfiguration()
                .WithStandardOutputCallback(output.Write)
                .WithStandardErrorCallback(errors.Write));

            var instance = component.Linker.Instantiate(store, component.Component);
            var handler = instance.GetFunction("handler")
                ?? throw new WasmtimeException("the component does not export the function \"handler\"");
            var response = handler.Call(Requests.Lower(run.Invocation));
            return Responses.Lift(response, options.MaxResponseBytes);
        }
        catch (Exception e) when (e is WasmtimeException or GuestEndedException)
        {
            // A runtime's last words, with which it tells that it has no memory left, may lack the line's end.
            output.Flush();
            errors.Flush();
            return Ended(e, run, options);
        }
        finally
        {
            output.Flush();
            errors.Flush();
        }
    }

    private static InvocationResult Ended(Exception e, GuestRun run, WasmSandboxOptions options) => run.End switch
    {
        { Reason: { } reason, Message: var message } => Failures.Make(reason, message),
        { Reason: null } => new InvocationResult.Cancelled(),
        null => Failures.FromTrap((WasmtimeException)e, run.Log, options),
    };
}
