using System.Text;

namespace Escapement.Wasm.Confinement;

/// <summary>Control groups are folders, and what is asked and told of them are small files. A system refuses for many reasons that mean the same.</summary>
internal static class CgroupFile
{
    /// <summary>What it says, without the end of the last line; null when it says nothing.</summary>
    public static string? Read(string folder, string file) =>
        Try(() => File.ReadAllText(Path.Combine(folder, file)).TrimEnd('\n'));

    /// <summary>Says something to a group, in the one write that the kernel takes it from.</summary>
    /// <returns>Whether it was taken.</returns>
    public static bool TryWrite(string folder, string file, object said) => Try(() =>
    {
        using var handle = File.OpenHandle(Path.Combine(folder, file), FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        RandomAccess.Write(handle, Encoding.ASCII.GetBytes(FormattableString.Invariant($"{said}")), 0);
        return "";
    }) is not null;

    /// <summary>Makes a group.</summary>
    public static bool TryMake(string folder) => Try(() => Directory.CreateDirectory(folder)) is not null;

    /// <summary>Removes a group, which the system refuses as long as there are processes in it.</summary>
    public static bool TryRemove(string folder) => Try(() =>
    {
        Directory.Delete(folder);
        return "";
    }) is not null;

    private static T? Try<T>(Func<T> act)
        where T : class
    {
        try
        {
            return act();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
