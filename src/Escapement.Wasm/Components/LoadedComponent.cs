using Escapement.Wasm.Native;
using Wasmtime;
using Wasmtime.Components;

namespace Escapement.Wasm.Components;

/// <summary>
/// A compiled component with its imports bound, shared by all runs of its version. It is disposed when it has made room for
/// another and its last run has ended.
/// </summary>
internal sealed class LoadedComponent(Component component, GuestLinker linker, IDisposable? file = null)
{
    /// <summary>Whether binding a component's imports failed so because of what they are, and would again wherever it is tried.</summary>
    public static bool IsFault(Exception e) => e is WasmtimeException or ArgumentException;

    /// <summary>What is wrong with a component whose imports cannot be bound, for its author.</summary>
    public static string Fault(Exception e) => $"The component's imports cannot be bound on this host; build it for this host's version: {e.Message}";

    // One use is the catalogue's own.
    private int uses = 1;

    public Component Component => component;

    public GuestLinker Linker => linker;

    /// <summary>Takes a use; false when it is gone already.</summary>
    public bool TryUse()
    {
        int seen;
        do
        {
            seen = Volatile.Read(ref uses);
            if (seen == 0)
            {
                return false;
            }
        }
        while (Interlocked.CompareExchange(ref uses, seen + 1, seen) != seen);

        return true;
    }

    public void EndUse()
    {
        if (Interlocked.Decrement(ref uses) == 0)
        {
            linker.Dispose();
            component.Dispose();
            file?.Dispose();
        }
    }
}
