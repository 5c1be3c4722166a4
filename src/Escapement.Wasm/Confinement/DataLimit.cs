using System.Globalization;

namespace Escapement.Wasm.Confinement;

/// <summary>
/// The kernel's limit on private memory that a process can write. It stands beside the watchdog, which looks from time to time and
/// can be outrun. Set on a process that is ready, as what it has then and a budget: a runtime takes a good deal at its start.
/// </summary>
internal static unsafe class DataLimit
{
    private const int Data = 2;

    /// <summary>Sets it on another process of this user.</summary>
    /// <returns>Whether it holds.</returns>
    public static bool TrySet(int process, long budget)
    {
        if (!OperatingSystem.IsLinux() || ReadKiB(process) is not { } has)
        {
            return false;
        }

        var most = (ulong)((has << 10) + budget);
        var limits = stackalloc ulong[] { most, most };
        return NativeCalls.SetLimit(process, Data, limits, null) == 0;
    }

    private static long? ReadKiB(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(l => l.StartsWith("VmData:", StringComparison.Ordinal));
            return line is null ? null : long.Parse(line.AsSpan(7, line.Length - 10), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
