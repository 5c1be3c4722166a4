using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Wasmtime;
using Wasmtime.Components;

namespace Escapement.Wasm.Native;

/// <summary>
/// The engine's own handles behind the package's objects. The package keeps them to itself, and has no call for what this room
/// asks of the engine: the types of imports, resources, and how much a guest may hand over at once.
/// </summary>
internal static class EngineHandles
{
    public static SafeHandle Of(Engine engine) => (SafeHandle)OfEngine(engine);

    public static SafeHandle Of(Store store) => (SafeHandle)OfStore(store);

    public static SafeHandle Of(Component component) => (SafeHandle)OfComponent(component);

    public static SafeHandle Of(ComponentLinkerInstance instance) => (SafeHandle)OfLinkerInstance(instance);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_NativeHandle")]
    [return: UnsafeAccessorType("Wasmtime.Engine+Handle, Wasmtime.Dotnet")]
    private static extern object OfEngine(Engine engine);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_NativeHandle")]
    [return: UnsafeAccessorType("Wasmtime.Store+Handle, Wasmtime.Dotnet")]
    private static extern object OfStore(Store store);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_NativeHandle")]
    [return: UnsafeAccessorType("Wasmtime.Components.Component+Handle, Wasmtime.Dotnet")]
    private static extern object OfComponent(Component component);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_NativeHandle")]
    [return: UnsafeAccessorType("Wasmtime.Components.ComponentLinkerInstance+Handle, Wasmtime.Dotnet")]
    private static extern object OfLinkerInstance(ComponentLinkerInstance instance);
}
