using System.Globalization;

namespace Escapement.Bench;

/// <summary>Processor time of processes of this machine, from Linux's /proc.</summary>
internal static class ProcessorTime
{
    // Hundredths of a second, on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>The process that started one; of a database's connection, the server's first process.</summary>
    /// <exception cref="InvalidOperationException">It runs on another machine.</exception>
    public static int ParentOf(int pid) => Read(pid) is { } stat
        ? stat.Parent
        : throw new InvalidOperationException($"There is no /proc/{pid}/stat: processor time can be measured only with the database on this machine");

    /// <summary>What a process, those it started, and those of them that ended have used.</summary>
    public static TimeSpan OfFamily(int parent)
    {
        double ticks = 0;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var pid) && Read(pid) is { } stat)
            {
                ticks += pid == parent ? stat.Own + stat.OfEnded : stat.Parent == parent ? stat.Own : 0;
            }
        }

        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    private static (int Parent, double Own, double OfEnded)? Read(int pid)
    {
        try
        {
            // The name stands in brackets and may hold anything, so fields are counted from behind it.
            var text = File.ReadAllText($"/proc/{pid}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            double Field(int i) => double.Parse(fields[i], CultureInfo.InvariantCulture);
            return ((int)Field(1), Field(11) + Field(12), Field(13) + Field(14));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
