using Escapement.Wasm.Running;
using Wasmtime.Components;

namespace Escapement.Wasm.Imports;

/// <summary>
/// A known interface that this host has nothing behind. It answers in its own words, so that an extension can tell and go on.
/// </summary>
internal static class DeniedImports
{
    public static Action<ComponentLinkerInstance> Denied(string name, params (string Function, ComponentValue Answer)[] functions) => root =>
    {
        using var instance = root.AddInstance("alga:extension/" + name);
        foreach (var (function, answer) in functions)
        {
            var operation = $"{name}.{function}";
            instance.DefineFunction(function, (_, results) =>
            {
                GuestRun.Current.Count(operation);
                results[0] = answer;
            });
        }
    };
}
