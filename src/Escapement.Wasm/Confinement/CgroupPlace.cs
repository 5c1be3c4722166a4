using System.Globalization;
using System.Text.RegularExpressions;

namespace Escapement.Wasm.Confinement;

/// <summary>Where the control group lies by which the kernel counts a process's memory.</summary>
/// <param name="Folder">The group's folder.</param>
/// <param name="Mount">The folder above which there are none that this process can see.</param>
/// <param name="IsSecond">Whether it is of version 2 of control groups; version 1 has a tree for memory alone.</param>
internal sealed partial record CgroupPlace(string Folder, string Mount, bool IsSecond)
{
    private const string Memory = "memory";

    /// <summary>Finds it by what the kernel says of a process; null where it is none that can be seen.</summary>
    /// <param name="groups">The text of <c>/proc/PROCESS/cgroup</c>.</param>
    /// <param name="mounts">The text of <c>/proc/self/mountinfo</c>.</param>
    public static CgroupPlace? Find(string groups, string mounts)
    {
        // Where both versions are there, one of them has memory.
        var lines = groups.Split('\n').Select(l => l.Split(':', 3)).Where(l => l.Length == 3).ToList();
        var first = lines.Find(l => l[1].Split(',').Contains(Memory));
        return (first ?? lines.Find(l => l is ["0", "", _])) is [_, _, var path]
            ? mounts.Split('\n').Select(line => At(path, line, isSecond: first is null)).FirstOrDefault(place => place is not null)
            : null;
    }

    // ID PARENT DEVICE ROOT FOLDER OPTIONS [TAG...] - TYPE SOURCE OPTIONS; of a container's group it may be the container's own that is mounted.
    private static CgroupPlace? At(string path, string mount, bool isSecond)
    {
        if (mount.Split(" - ") is not [var where, var what] || where.Split(' ') is not [_, _, _, var root, var folder, ..]
            || what.Split(' ') is not [var type, _, var options] || type != (isSecond ? "cgroup2" : "cgroup")
            || !(isSecond || options.Split(',').Contains(Memory)))
        {
            return null;
        }

        // What lies outside is written with dots, where the process or the mount is outside of what it may see.
        var below = Path.GetRelativePath(Written(root), path);
        return $"{below}/{path}/{root}".Split('/').Contains("..")
            ? null
            : new(Path.GetFullPath(Path.Combine(Written(folder), below)), Written(folder), isSecond);
    }

    // Spaces and the like are written as three octal digits.
    private static string Written(string path) => Octal().Replace(path, m => ((char)Convert.ToInt32(m.Value[1..], 8)).ToString(CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\\[0-7]{3}")]
    private static partial Regex Octal();
}
