using System.Globalization;

namespace Escapement.Wasm.Confinement;

/// <summary>
/// Where this host may make a control group for each of its processes, by which the kernel bounds all memory that the process takes: shared
/// memory and files in memory too, which neither the watchdog nor <see cref="DataLimit"/> see. Groups in which there are processes of others are
/// left as they are.
/// </summary>
internal sealed class MemoryCgroups
{
    private const string Prefix = "escapement";
    private const string Processes = "cgroup.procs";
    private const string Children = "cgroup.subtree_control";

    private static readonly string Host = Name(Environment.ProcessId);
    private static readonly Lock Opening = new();
    private static int made;

    private readonly string folder;
    private readonly bool isSecond;

    private MemoryCgroups(string folder, bool isSecond)
    {
        this.folder = folder;
        this.isSecond = isSecond;
    }

    /// <summary>Finds it, and removes what hosts that are gone have left there; null where the system has none for this host.</summary>
    public static MemoryCgroups? Open()
    {
        try
        {
            lock (Opening)
            {
                return OperatingSystem.IsLinux()
                    && CgroupPlace.Find(File.ReadAllText("/proc/self/cgroup"), File.ReadAllText("/proc/self/mountinfo")) is { } own
                        ? Open(own)
                        : null;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>
    /// Puts a process into a group of its own. To be done when it has just been started: what it has taken before stays counted in the host's group,
    /// and all that it takes afterwards in its own, before it reads a word of what the host says to it.
    /// </summary>
    /// <param name="process">Its id.</param>
    /// <param name="limit">In bytes, what it may take, kernel's memory and files in memory included.</param>
    /// <returns>Null when the system refuses.</returns>
    public MemoryCgroup? Put(int process, long limit)
    {
        if (TryMake(limit) is not { } group)
        {
            return null;
        }

        if (CgroupFile.TryWrite(group.Folder, Processes, process))
        {
            return group;
        }

        group.Dispose();
        return null;
    }

    private static MemoryCgroups? Open(CgroupPlace own)
    {
        foreach (var groups in own.IsSecond ? Second(own) : First(own))
        {
            groups.RemoveLeftOver();
            if (groups.TryMake(1L << 40) is { } tried)
            {
                tried.Dispose();
                return groups;
            }
        }

        return null;
    }

    // Below the host's own. Before a tree was one by force, what lay below was not counted above, and would have been out of a container's bounds.
    private static IEnumerable<MemoryCgroups> First(CgroupPlace own) =>
        CgroupFile.Read(own.Folder, "memory.use_hierarchy") == "1" ? [new(own.Folder, isSecond: false)] : [];

    // Of version 2, a group has either processes or groups that are limited. Beside the host's own, where somebody has given it the group above and there
    // is no limit that those beside it would be out of; or below, when the host can leave its own for one below it.
    private static IEnumerable<MemoryCgroups> Second(CgroupPlace own)
    {
        var above = Path.GetDirectoryName(own.Folder)!;
        if (own.Folder != own.Mount && CgroupFile.Read(own.Folder, "memory.max") is null or "max" && !HasOthers(above, own.Folder) && TryEnable(above))
        {
            yield return new(above, isSecond: true);
        }

        if (!HasOthers(own.Folder, own.Folder) && TryLeave(own.Folder))
        {
            yield return new(own.Folder, isSecond: true);
        }
    }

    private static bool TryLeave(string own)
    {
        var leaf = Path.Combine(own, $"{Host}-host");
        if (CgroupFile.TryMake(leaf) && CgroupFile.TryWrite(leaf, Processes, Environment.ProcessId) && TryEnable(own))
        {
            return true;
        }

        CgroupFile.TryWrite(own, Processes, Environment.ProcessId);
        CgroupFile.TryRemove(leaf);
        return false;
    }

    private static bool TryEnable(string group)
    {
        return HasMemory("cgroup.controllers") && (HasMemory(Children) || CgroupFile.TryWrite(group, Children, "+memory"));

        bool HasMemory(string file) => CgroupFile.Read(group, file)?.Split(' ').Contains("memory") == true;
    }

    // Processes of hosts that are gone are about to end.
    private static bool HasOthers(string group, string own) =>
        CgroupFile.Read(group, Processes) is not { } processes
        || processes.Split('\n', StringSplitOptions.RemoveEmptyEntries).Any(p => p != Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
        || Directory.EnumerateDirectories(group).Any(below => below != own && !IsOurs(Path.GetFileName(below)) && HasOthers(below, own));

    private static bool IsOurs(string name) => name.StartsWith($"{Host}-", StringComparison.Ordinal) || IsLeftOver(name);

    // escapement-PROCESS-START-NUMBER: the system gives an id anew, and a container's first process has the same each time.
    private static bool IsLeftOver(string name) =>
        name.Split('-') is [Prefix, var process, _, _] && int.TryParse(process, CultureInfo.InvariantCulture, out var id)
        && !name.StartsWith($"{Name(id)}-", StringComparison.Ordinal);

    private static string Name(int process) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}-{process}-{StartOf(process)}");

    // The 22nd field; the name, which is the second, is in brackets and may have spaces of its own.
    private static string? StartOf(int process) =>
        CgroupFile.Read("/proc", $"{process}/stat") is { } stat ? stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19] : null;

    private void RemoveLeftOver()
    {
        foreach (var left in Directory.EnumerateDirectories(folder, $"{Prefix}-*").Where(f => IsLeftOver(Path.GetFileName(f))))
        {
            CgroupFile.TryRemove(left);
        }
    }

    private MemoryCgroup? TryMake(long limit) =>
        MemoryCgroup.TryMake(Path.Combine(folder, $"{Host}-{Interlocked.Increment(ref made)}"), limit, isSecond);
}
