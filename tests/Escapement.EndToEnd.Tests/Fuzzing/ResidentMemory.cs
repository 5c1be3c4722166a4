using System.Globalization;

namespace Escapement.EndToEnd.Tests.Fuzzing;

/// <summary>What a process and all that it started hold in memory.</summary>
internal static class ResidentMemory
{
    /// <summary>In MiB.</summary>
    public static long OfTree(int process)
    {
        var parents = Directory.GetDirectories("/proc")
            .Select(p => int.TryParse(Path.GetFileName(p), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .ToLookup(Parent);
        return Sum(process) >> 10;

        long Sum(int id) => Number(id, "VmRSS:") + parents[id].Sum(Sum);
    }

    private static int Parent(int process) => (int)Number(process, "PPid:");

    private static long Number(int process, string field)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(l => l.StartsWith(field, StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile.
            return 0;
        }
    }
}
