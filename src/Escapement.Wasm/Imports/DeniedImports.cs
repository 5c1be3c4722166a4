using Wasmtime.Components;

namespace Escapement.Wasm.Imports;

/// <summary>A known interface that this host has nothing behind. It answers in its own words, so that an extension can tell and go on.</summary>
internal static class DeniedImports
{
    /// <param name="name">The interface.</param>
    /// <param name="capability">What it needs.</param>
    /// <param name="why">What the log says to those who have that.</param>
    /// <param name="functions">Its functions, with what each answers.</param>
    public static Action<ComponentLinkerInstance> Denied(
        string name, string capability, string why, params (string Function, ComponentValue Answer)[] functions) => root =>
    {
        using var instance = new HostInterface(root, "alga:extension/" + name, capability);
        foreach (var (function, answer) in functions)
        {
            var operation = $"{name}.{function}";
            instance.Function(function, operation, (run, _, results) =>
            {
                run.Count(operation);
                run.Explain(operation, why);
                results[0] = answer;
            });
        }
    };
}
