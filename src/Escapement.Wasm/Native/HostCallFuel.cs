using System.Runtime.InteropServices;
using Wasmtime;
using Wasmtime.Components;

namespace Escapement.Wasm.Native;

/// <summary>
/// How much a guest may hand to the host in one call: the engine counts it before it copies anything, a byte of text as one and an element
/// of a list as <see cref="OfAnElement"/>. Its own bound is 128 MiB, of which records make gigabytes.
/// </summary>
/// <remarks>
/// The engine can be told (<c>Store::set_hostcall_fuel</c>), but its C interface has no call for it, and neither has the package. So the
/// number is written where the engine keeps it: at the one place in a fresh store that holds the default. That it is the right place is
/// tried out with a guest, once in a process, before any store is touched; where it does not hold, or the store's size cannot be asked
/// for, nothing is written and the engine's own bound stays. See docs/adr/0022-what-a-guest-hands-over.md.
/// </remarks>
internal static class HostCallFuel
{
    /// <summary>What the engine takes for each element of a list: the size of its value.</summary>
    public const int OfAnElement = 48;

    private const long EngineDefault = 128L << 20;

    private const string Trial = """
        (component
          (import "take" (func $take (param "text" string)))
          (core module $memory (memory (export "memory") 1))
          (core instance $memory (instantiate $memory))
          (core func $take (canon lower (func $take) (memory (core memory $memory "memory"))))
          (core module $main
            (import "host" "take" (func $take (param i32 i32)))
            (func (export "give") (param i32) (call $take (i32.const 0) (local.get 0))))
          (core instance $main (instantiate $main (with "host" (instance (export "take" (func $take))))))
          (func $give (param "bytes" u32) (canon lift (core func $main "give")))
          (export "give" (func $give)))
        """;

    private static readonly Lazy<int?> Place = new(Find);

    /// <summary>Whether the number can be set here.</summary>
    public static bool CanBeSet => Place.Value is not null;

    /// <summary>Holds for every call from now on, each by itself. Not while the store's guest runs on another thread.</summary>
    public static void Set(Store store, long fuel)
    {
        if (Place.Value is { } place)
        {
            Write(store, place, fuel);
        }
    }

    private static void Write(Store store, int place, long fuel)
    {
        Marshal.WriteInt64(Context(store), place, fuel);
        GC.KeepAlive(store);
    }

    private static int? Find()
    {
        if (!OperatingSystem.IsLinux() || IntPtr.Size != sizeof(long))
        {
            return null;
        }

        try
        {
            using var config = new Config();
            using var engine = new Engine(config.WithComponentModel(true));
            return Candidate(engine) is { } place && Holds(engine, place) ? place : null;
        }
        catch (Exception e) when (e is WasmtimeException or EntryPointNotFoundException or MissingMemberException or TypeLoadException)
        {
            return null;
        }
    }

    /// <summary>The place in a store that holds the default, if there is exactly one.</summary>
    private static int? Candidate(Engine engine)
    {
        using var store = new Store(engine);
        var context = Context(store);
        var size = (int)Math.Min(AllocatedSize(context), 64 << 10);
        int? found = null;
        for (var at = 0; at + sizeof(long) <= size; at += sizeof(long))
        {
            if (Marshal.ReadInt64(context, at) == EngineDefault)
            {
                if (found is not null)
                {
                    return null;
                }

                found = at;
            }
        }

        return found;
    }

    private static bool Holds(Engine engine, int place)
    {
        using var component = Component.FromText(engine, Trial);
        using var linker = new ComponentLinker(engine);
        using (var root = linker.Root())
        {
            root.DefineFunction("take", static (_, _) => { });
        }

        return Passes(bytes: 64, fuel: 64) && !Passes(bytes: 65, fuel: 64);

        bool Passes(uint bytes, long fuel)
        {
            using var store = new Store(engine);
            Write(store, place, fuel);
            try
            {
                linker.Instantiate(store, component).GetFunction("give")!.Call(ComponentValue.U32(bytes));
                return true;
            }
            catch (WasmtimeException)
            {
                return false;
            }
        }
    }

    private static nint Context(Store store) => StoreContext(EngineHandles.Of(store));

    [DllImport("wasmtime", EntryPoint = "wasmtime_store_context")]
    private static extern nint StoreContext(SafeHandle store);

    [DllImport("libc", EntryPoint = "malloc_usable_size")]
    private static extern nuint AllocatedSize(nint memory);
}
