using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Escapement.Wasm.Probe;

/// <summary>What must not be possible in a worker, tried.</summary>
internal static partial class Bars
{
    /// <summary>Each thing that was tried, with <c>done</c> or <c>held</c>.</summary>
    /// <param name="folder">One that belongs to the host, with a file <c>secret</c> in it.</param>
    public static IEnumerable<string> Try(string folder)
    {
        var parent = GetParent();
        yield return Tell("socket", () => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp).Dispose());
        yield return Tell("unix-socket", () => new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified).Dispose());
        yield return Tell("process", () => Process.Start("/bin/true").WaitForExit());
        yield return Tell("exec", () => Check(Execute("/bin/true", 0, 0)));
        yield return Tell("signal", () => Check(Kill(parent, 0)));
        yield return Tell("trace", () => Check((int)Trace(16, parent, 0, 0)));
        yield return Tell("mount", () => Check(Mount("none", "/mnt", "tmpfs", 0, 0)));
        yield return Tell("privileges", () => Check(Control(39, 0, 0, 0, 0) == 1 ? -1 : 0));
        yield return Tell("read", () => File.ReadAllBytes(Path.Combine(folder, "secret")));
        yield return Tell("list", () => Directory.GetFiles("/etc"));
        yield return Tell("environment", () => File.ReadAllBytes($"/proc/{parent}/environ"));
        yield return Tell("write", () => File.WriteAllText(Path.Combine(folder, "made"), ""));
        yield return Tell("write-beside", () => File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "made"), ""));
        yield return Tell("remove", () => File.Delete(Path.Combine(folder, "secret")));
        yield return Tell("variables", () => Check(Environment.GetEnvironmentVariable("PATH") is null ? -1 : 0));
        yield return Tell("descriptors", () => Check(Inherited() == 0 ? -1 : 0));
    }

    private static string Tell(string what, Action attempt)
    {
        try
        {
            attempt();
            return what + " done";
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return what + " held";
        }
    }

    private static void Check(int result)
    {
        if (result < 0)
        {
            throw new UnauthorizedAccessException();
        }
    }

    // Files that are open beyond running another program were given by the host.
    private static int Inherited() => Enumerable.Range(3, 200).Count(d => Flags(d, 1, 0) == 0 && Flags(d, 3, 0) >= 0 && IsFile(d));

    private static bool IsFile(int descriptor) => Seek(descriptor, 0, 1) >= 0;

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int GetParent();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    [LibraryImport("libc", EntryPoint = "execve", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string path, nint arguments, nint environment);

    [LibraryImport("libc", EntryPoint = "ptrace")]
    private static partial nint Trace(int request, int process, nint address, nint data);

    [LibraryImport("libc", EntryPoint = "mount", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Mount(string source, string target, string type, nuint flags, nint data);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Control(int option, nuint second, nuint third, nuint fourth, nuint fifth);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Flags(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "lseek")]
    private static partial long Seek(int descriptor, long offset, int whence);
}
