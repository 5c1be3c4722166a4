using System.Diagnostics;

namespace Escapement.EndToEnd.Tests.Servers;

/// <summary>A disk of a few megabytes, in memory, to be filled to the last byte. Mounting it takes root, or sudo that asks for no password.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    private string Filler => System.IO.Path.Combine(Path, "filler");

    public static SmallDisk Mount(string path)
    {
        Directory.CreateDirectory(path);
        Assert.True(
            Run("mount", "-t", "tmpfs", "-o", "size=16m,mode=1777", "tmpfs", path) == 0,
            "Mounting a small disk takes root, or sudo that asks for no password");
        return new SmallDisk(path);
    }

    /// <summary>Writes until nothing more fits.</summary>
    public void Fill()
    {
        var block = new byte[4096];
        using var file = new FileStream(Filler, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            // Full, which is what was wanted.
        }
    }

    public void Free() => File.Delete(Filler);

    public void Dispose() => Run("umount", "--lazy", Path);

    private static int Run(params string[] command)
    {
        string[] asRoot = Environment.IsPrivilegedProcess ? command : ["sudo", "-n", .. command];
        using var process = Process.Start(new ProcessStartInfo(asRoot[0], asRoot[1..]) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
