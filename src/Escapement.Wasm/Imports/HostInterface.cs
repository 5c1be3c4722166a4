using Escapement.Wasm.Boundary;
using Escapement.Wasm.Running;
using Wasmtime.Components;

namespace Escapement.Wasm.Imports;

/// <summary>What a host function does for the run that calls it.</summary>
internal delegate void HostFunction(GuestRun run, ReadOnlySpan<ComponentValue> arguments, Span<ComponentValue> results);

/// <summary>
/// An interface being defined. All its functions, the refused ones too, first count what the guest handed over; and what is refused
/// for want of a capability is explained in the run's log, because the answer's one word does not tell why.
/// </summary>
/// <param name="root">What it lies in.</param>
/// <param name="name">Its name.</param>
/// <param name="capability">What its functions need, if they refuse without.</param>
internal sealed class HostInterface(ComponentLinkerInstance root, string name, string? capability = null) : IDisposable
{
    private readonly ComponentLinkerInstance instance = root.AddInstance(name);

    public void Function(string function, string operation, HostFunction call) => Define(instance, function, operation, (run, arguments, results) =>
    {
        if (capability is not null && CapabilityRefusal.Of(run.Invocation.Extension, capability) is { } why)
        {
            run.Explain(operation, why);
        }

        call(run, arguments, results);
    });

    public void Dispose() => instance.Dispose();

    /// <summary>Defines one function that counts what it is handed.</summary>
    public static void Define(ComponentLinkerInstance instance, string function, string operation, HostFunction call) =>
        instance.DefineFunction(function, (arguments, results) =>
        {
            var run = GuestRun.Current;
            run.Take(operation, Sizes.Of(arguments));
            call(run, arguments, results);
        });
}
