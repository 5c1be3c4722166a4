using System.Runtime.InteropServices;
using System.Text;
using Wasmtime;
using Wasmtime.Components;

namespace Escapement.Wasm.Native;

/// <summary>The imports of one component, bound.</summary>
internal sealed class GuestLinker(Engine engine) : ComponentLinker(engine)
{
    private static readonly ResourceDestructor Nothing = static (_, _, _) => 0;

    private delegate nint ResourceDestructor(nint data, nint context, uint representation);

    /// <summary>The types of the component.</summary>
    public required ComponentShape Shape { get; init; }

    /// <summary>Defines a resource that nobody can make one of, so that a component that imports it can be instantiated.</summary>
    public static void DefineResource(ComponentLinkerInstance instance, string name, int number)
    {
        var utf8 = Encoding.UTF8.GetBytes(name);
        var type = TypeCalls.NewResource((uint)number);
        try
        {
            if (AddResource(EngineHandles.Of(instance), utf8, (nuint)utf8.Length, type, Nothing, 0, 0) is not 0 and var error)
            {
                DeleteError(error);
                throw new WasmtimeException($"the resource {name} cannot be defined.");
            }
        }
        finally
        {
            TypeCalls.DeleteResource(type);
        }
    }

    [DllImport("wasmtime", EntryPoint = "wasmtime_component_linker_instance_add_resource")]
    private static extern nint AddResource(
        SafeHandle instance, byte[] name, nuint length, nint type, ResourceDestructor destructor, nint data, nint finalizer);

    [DllImport("wasmtime", EntryPoint = "wasmtime_error_delete")]
    private static extern void DeleteError(nint error);
}
