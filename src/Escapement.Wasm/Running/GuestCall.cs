using Escapement.Sandbox;
using Escapement.Wasm.Boundary;
using Escapement.Wasm.Components;
using Escapement.Wasm.Native;
using Wasmtime;
using Wasmtime.Components;

namespace Escapement.Wasm.Running;

/// <summary>Runs one guest from a fresh store to its result, on the thread it is called on.</summary>
internal static class GuestCall
{
    public static InvocationResult CarryOut(Engine engine, LoadedComponent component, GuestRun run, WasmSandboxOptions options)
    {
        var lineBytes = (int)Math.Min(4L * options.MaxLogLineChars, 1 << 20);
        var output = new OutputLines(run.Log, "stdout", lineBytes);
        var errors = new OutputLines(run.Log, "stderr", lineBytes);
        var isStarted = false;
        try
        {
            run.CheckTime();
            using var store = new Store(engine);
            EngineSettings.Limit(store, options.MemoryLimit);
            HostCallFuel.Set(store, CallLimit.Of(options, component.Linker.Shape.WidestElement));
            store.SetEpochDeadlineCallback(_ =>
            {
                run.CheckTime();
                return 1;
            });
            store.SetEpochDeadline(1);
            store.SetWasiConfiguration(new WasiConfiguration()
                .WithStandardOutputCallback(output.Write)
                .WithStandardErrorCallback(errors.Write));

            var instance = Instantiate(store, component);
            isStarted = true;
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
            return Ended(e, run, options, isStarted);
        }
        finally
        {
            output.Flush();
            errors.Flush();
        }
    }

    private static ComponentInstance Instantiate(Store store, LoadedComponent component)
    {
        try
        {
            return component.Linker.Instantiate(store, component.Component);
        }
        catch (WasmtimeException e) when (Failures.IsForWantOfPlace(e))
        {
            // No guest can bring this about: each slot has its place. It is the host's failure and not the extension's.
            throw new InvalidOperationException("The engine has no place for another instance, though a slot is free.", e);
        }
    }

    private static InvocationResult Ended(Exception e, GuestRun run, WasmSandboxOptions options, bool isStarted) => run.End switch
    {
        { Reason: { } reason, Message: var message } => Failures.Make(reason, message),
        { Reason: null } => new InvocationResult.Cancelled(),
        null => Failures.FromTrap((WasmtimeException)e, run.Log, options, isStarted),
    };
}
