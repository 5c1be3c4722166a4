using System.Runtime.InteropServices;

namespace Escapement.Wasm.Probe;

/// <summary>Memory that is not a process's own, so that neither the watchdog nor the limit on private memory sees it.</summary>
internal static unsafe partial class SharedMemory
{
    private const int ReadAndWrite = 3;
    private const int SharedWithoutFile = 0x21;

    /// <summary>Takes so many bytes, page for page, and lets them go again.</summary>
    /// <returns>Whether the system gave them.</returns>
    public static bool Take(int bytes)
    {
        var start = Map(0, (nuint)bytes, ReadAndWrite, SharedWithoutFile, -1, 0);
        if (start == -1)
        {
            return false;
        }

        for (var at = 0; at < bytes; at += Environment.SystemPageSize)
        {
            ((byte*)start)[at] = 1;
        }

        return Unmap(start, (nuint)bytes) == 0;
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Map(nint where, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Unmap(nint where, nuint length);
}
