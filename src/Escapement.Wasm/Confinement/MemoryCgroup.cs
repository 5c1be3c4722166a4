using System.Globalization;

namespace Escapement.Wasm.Confinement;

/// <summary>A control group with a limit on memory, for one process. A process that comes to the limit and can drop nothing is killed by the kernel.</summary>
internal sealed class MemoryCgroup : IDisposable
{
    // Files of the runtime and of compiled code that are in use: they can be dropped, but would have to be read again and again.
    private const long ForFiles = 128L << 20;

    // At its limit no single page fits in any more; what did not fit may have been a few at once.
    private const long Nearly = 1L << 20;

    private static readonly TimeSpan RemovedWithin = TimeSpan.FromSeconds(1);

    private readonly bool isSecond;

    private MemoryCgroup(string folder, long limit, bool isSecond)
    {
        Folder = folder;
        Limit = limit;
        this.isSecond = isSecond;
    }

    public string Folder { get; }

    /// <summary>In bytes.</summary>
    public long Limit { get; }

    /// <summary>
    /// Whether a process in it was killed because it came to this limit. What is killed because another one was reached, a container's or the
    /// machine's, is not meant.
    /// </summary>
    public bool WasOutgrown => Counted(isSecond ? "memory.events" : "memory.oom_control", "oom_kill") > 0 && (isSecond
        ? Counted("memory.events", "oom") > 0
        : long.TryParse(CgroupFile.Read(Folder, "memory.max_usage_in_bytes"), CultureInfo.InvariantCulture, out var most) && most > Limit - Nearly);

    /// <summary>
    /// The limit for a process that something else ends when it holds so much of its own: far enough above that this comes first, and says
    /// what it saw, unless it is outrun. An eighth more is for the kernel's memory and for what a process takes between two looks.
    /// </summary>
    public static long LimitAbove(long memory) => memory + (memory / 8) + ForFiles;

    /// <summary>Makes it; null when the system refuses. No more may lie in swap, where swap is counted.</summary>
    public static MemoryCgroup? TryMake(string folder, long limit, bool isSecond)
    {
        if (!CgroupFile.TryMake(folder))
        {
            return null;
        }

        var group = new MemoryCgroup(folder, limit, isSecond);
        if (!CgroupFile.TryWrite(folder, isSecond ? "memory.max" : "memory.limit_in_bytes", limit))
        {
            group.Dispose();
            return null;
        }

        if (isSecond)
        {
            CgroupFile.TryWrite(folder, "memory.swap.max", 0);
        }
        else
        {
            // That of both together. And a group has from the one above whether processes are to stand still at their limit in place of being killed.
            CgroupFile.TryWrite(folder, "memory.memsw.limit_in_bytes", limit);
            CgroupFile.TryWrite(folder, "memory.oom_control", 0);
        }

        return group;
    }

    /// <summary>Removes it. Its process is no more by then, which the system may take a moment to notice.</summary>
    public void Dispose() => SpinWait.SpinUntil(() => CgroupFile.TryRemove(Folder) || !Directory.Exists(Folder), RemovedWithin);

    // NAME NUMBER, line by line.
    private long Counted(string file, string name) =>
        CgroupFile.Read(Folder, file)?.Split('\n').Select(l => l.Split(' ')).FirstOrDefault(l => l[0] == name) is [_, var count]
            ? long.Parse(count, CultureInfo.InvariantCulture)
            : 0;
}
