using Escapement.Wasm.Running;
using Wasmtime.Components;

namespace Escapement.Wasm.Imports;

/// <summary>
/// The known interfaces that this host has nothing behind. They answer in their own words, so that an extension can tell and
/// go on.
/// </summary>
internal static class DeniedImports
{
    private static readonly ComponentValue NoKeys = ComponentValue.List([]);

    public static void Define(ComponentLinkerInstance root)
    {
        Interface(root, "secrets", ("get", Error("denied")), ("list-keys", NoKeys));
        Interface(root, "http", ("fetch", Error("not-allowed")));
        Interface(root, "storage", ("get", Error("denied")), ("put", Error("denied")), ("delete", Error("denied")), ("list-entries", Error("denied")));
        Interface(root, "ui-proxy", ("call-route", Error("denied")));

        // A run belongs to no user, so there is none to tell of, though anybody may ask.
        Interface(root, "user", ("get-user", Error("not-available")));
        Interface(root, "user-v2", ("get-user", Error("not-available")));
    }

    private static void Interface(ComponentLinkerInstance root, string name, params ReadOnlySpan<(string Function, ComponentValue Answer)> functions)
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
    }

    private static ComponentValue Error(string name) => ComponentValue.Err(ComponentValue.Enum(name));
}
