using System.Diagnostics;
using System.Globalization;

namespace Escapement.Faults.Tests.Cluster;

/// <summary>Sends signals by name, because their numbers differ between systems.</summary>
internal static class Signals
{
    /// <summary>False when a process has gone meanwhile.</summary>
    public static bool Send(string signal, params IEnumerable<int> processes)
    {
        var ids = processes.Select(p => p.ToString(CultureInfo.InvariantCulture)).ToList();
        if (ids.Count == 0)
        {
            return true;
        }

        using var kill = Process.Start(new ProcessStartInfo("kill", [$"-{signal}", .. ids]) { RedirectStandardError = true })!;
        kill.WaitForExit();
        return kill.ExitCode == 0;
    }
}
