using System.Diagnostics;

namespace Escapement.Bench.Sandbox;

/// <summary>What the process holds, in MiB. Anonymous memory is told by Linux alone, and is 0 elsewhere.</summary>
internal readonly record struct Memory(long Resident, long Anonymous, long Managed)
{
    public static Memory Now()
    {
        using var process = Process.GetCurrentProcess();
        return new Memory(process.WorkingSet64 >> 20, AnonymousKiB() >> 10, GC.GetGCMemoryInfo().TotalCommittedBytes >> 20);
    }

    private static long AnonymousKiB()
    {
        const string Status = "/proc/self/status";
        var line = File.Exists(Status) ? File.ReadLines(Status).FirstOrDefault(l => l.StartsWith("RssAnon:", StringComparison.Ordinal)) : null;
        return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
    }
}
