using Escapement.Wasm.Boundary;
using Escapement.Wasm.Running;
using Wasmtime.Components;

namespace Escapement.Wasm.Imports;

/// <summary>
/// <c>alga:extension/context</c>. The interface has no way to refuse, and what it tells is in the request already: it always
/// answers.
/// </summary>
internal static class ContextImports
{
    public static void Define(ComponentLinkerInstance root)
    {
        using var context = root.AddInstance("alga:extension/context");
        context.DefineFunction("get-context", (_, results) =>
        {
            var run = GuestRun.Current;
            run.Count("context.get");
            results[0] = Requests.Context(run.Invocation);
        });
    }
}
