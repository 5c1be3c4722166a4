using Escapement.Wasm.Boundary;
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
        using var context = new HostInterface(root, "alga:extension/context");
        context.Function("get-context", "context.get", static (run, _, results) =>
        {
            run.Count("context.get");
            results[0] = Requests.Context(run.Invocation);
        });
    }
}
