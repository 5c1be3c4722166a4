using Escapement.Runs;
using Escapement.Wasm.Boundary;
using Escapement.Wasm.Native;
using Escapement.Wasm.Running;
using Wasmtime;
using Wasmtime.Components;

namespace Escapement.Wasm.Imports;

/// <summary>
/// Gives a component something to call for every import that the host does not know, so that it loads (contract section 7). A call
/// answers the function's own error where its type has one, so that a guest can go on; where it has none it ends the run.
/// </summary>
internal static class UnknownImports
{
    private const int MaxItems = 10_000;

    /// <exception cref="WasmtimeException">There are more than any real component has.</exception>
    public static void Define(ComponentLinkerInstance root, IReadOnlyList<ImportedItem> imports)
    {
        var left = MaxItems;
        Define(root, "", imports, ref left);
    }

    private static void Define(ComponentLinkerInstance parent, string path, IReadOnlyList<ImportedItem> items, ref int left)
    {
        foreach (var item in items)
        {
            if (--left < 0)
            {
                throw new WasmtimeException("it imports too much.");
            }

            switch (item)
            {
                case ImportedItem.Instance instance:
                    using (var inner = parent.AddInstance(instance.Name))
                    {
                        Define(inner, path + instance.Name + "#", instance.Items, ref left);
                    }

                    break;
                case ImportedItem.Resource resource:
                    GuestLinker.DefineResource(parent, resource.Name, resource.Number);
                    break;
                case ImportedItem.Function function:
                    Function(parent, path + function.Name, function);
                    break;
            }
        }
    }

    private static void Function(ComponentLinkerInstance parent, string operation, ImportedItem.Function function)
    {
        var answer = OwnError.Of(function.Type) is { } error ? Answer(operation, error) : null;
        HostInterface.Define(parent, function.Name, operation, (run, _, results) =>
        {
            run.Count(operation);
            var refusal = Refuse(run, operation, answer);
            results[0] = refusal;
        });
    }

    private static ComponentValue Refuse(GuestRun run, string operation, ComponentValue? answer)
    {
        if (answer is null)
        {
            throw run.EndGuest(RunReason.Trap, $"The guest called {operation}, which this host does not have.");
        }

        run.Explain(operation, "this host does not have it.");
        return answer;
    }

    private static ComponentValue Answer(string operation, OwnError error) => error.Word is { } word
        ? Errors.Error(word)
        : ComponentValue.Err(ComponentValue.String($"{operation}: this host does not have it."));
}
