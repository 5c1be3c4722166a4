using System.Runtime.InteropServices;

namespace Escapement.Wasm.Components;

/// <summary>
/// The C library's heap, from which the compiler of components takes its memory. The library keeps what was freed for later, in an
/// arena for each thread: hundreds of megabytes after a compilation, which a container's limit counts.
/// </summary>
internal static class NativeHeap
{
    /// <summary>Gives back to the system what is free. Does nothing where the C library has no such call.</summary>
    public static void Trim()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = MallocTrim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // Not every Linux has glibc; musl gives memory back by itself.
        }
    }

    [DllImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int MallocTrim(nuint pad);
}
