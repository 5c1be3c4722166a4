using System.Runtime.InteropServices;
using Escapement.Wasm.Confinement;

namespace Escapement.Worker;

/// <summary>
/// Gives up all of the file system but what this program reads. A thread can only give it up for itself and for what it starts, and the runtime has
/// threads already
/// when this program begins. So the first thread does, and runs the program anew: then every thread there is has given it up.
/// </summary>
internal static class FileBars
{
    // Where C libraries and what they need lie. They ask of this process, which stays the same one, how large its first stack is.
    private static readonly string[] SystemPaths =
        ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/etc/ld.so.cache", "/dev/null", "/dev/urandom", "/proc/self"];

    /// <summary>Runs the program anew with bars, and does not return; returns where the system has none.</summary>
    /// <param name="arguments">Its arguments; one more tells that the bars hold.</param>
    /// <param name="folder">Where compiled components lie.</param>
    /// <param name="assembly">The program.</param>
    public static void Raise(string[] arguments, string folder, string assembly)
    {
        // The shared framework lies in shared/NAME/VERSION below the runtime's folder.
        var runtime = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        if (OperatingSystem.IsLinux()
            && Environment.ProcessPath is { } program
            && NativeCalls.ProcessControl(NativeCalls.SetNoNewPrivileges, 1, 0, 0, 0) == 0
            && Landlock.TryRestrictThread([.. SystemPaths, runtime, AppContext.BaseDirectory, folder]))
        {
            _ = NativeCalls.Execute(program, [program, "exec", assembly, .. arguments, Confinements.Landlock, null]);
        }
    }
}
