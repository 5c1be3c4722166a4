using System.Diagnostics;

namespace Escapement.Wasm.Tests.Workers;

/// <summary>Workers and compilers, found by the folder that their command lines name.</summary>
internal static class ProcessesOf
{
    public static IEnumerable<Process> Folder(string folder) =>
        Process.GetProcesses().Where(p => CommandLine(p.Id).Contains(folder, StringComparison.Ordinal));

    private static string CommandLine(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
