using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace Escapement.Wasm.Components;

/// <summary>
/// Removes compiled files that no process has used for long: those of engines and settings that are gone, and those of
/// components that nobody runs any more. Files of other names are somebody else's.
/// </summary>
internal static partial class CompiledCacheSweep
{
    // What a killed process leaves of a write. A write takes seconds, and its file is locked.
    private static readonly TimeSpan KeepUnfinished = TimeSpan.FromHours(1);

    /// <summary>Removes what was last used longer ago than <paramref name="keep"/>. Never throws for a file it cannot remove.</summary>
    public static void Run(string directory, TimeSpan keep, DateTimeOffset now, ILogger logger)
    {
        var removed = 0;
        try
        {
            foreach (var path in Directory.EnumerateFiles(directory))
            {
                var name = Path.GetFileName(path);
                if (Unfinished().IsMatch(name))
                {
                    removed += LastUsed(path) < now - KeepUnfinished && Remove(path, null) ? 1 : 0;
                }
                else if (Code().IsMatch(name))
                {
                    var seal = SealOf(path);
                    removed += LastUsed(path, seal) < now - keep && Remove(path, seal) ? 1 : 0;
                }
                else if (Seal().IsMatch(name) && !File.Exists(Path.ChangeExtension(path, CompiledCache.CodeExtension)))
                {
                    removed += LastUsed(path) < now - keep && Remove(path, null) ? 1 : 0;
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            CompiledFilesNotRemoved(logger, directory, e.Message);
        }

        if (removed > 0)
        {
            CompiledFilesRemoved(logger, removed, directory, keep);
        }
    }

    /// <summary>
    /// Removes compiled files until the rest have no more bytes than they may: first those that nobody has used, the oldest first, so that who only
    /// publishes takes no place of what runs; then those that were used longest ago. What a process has open stays. Never throws for a file that it
    /// cannot remove.
    /// </summary>
    /// <param name="directory">Where they lie.</param>
    /// <param name="maxBytes">How many bytes they may have.</param>
    /// <param name="except">A file that has just come, and stays.</param>
    /// <param name="logger">The operator's log.</param>
    public static void MakeRoom(string directory, long maxBytes, string except, ILogger logger)
    {
        try
        {
            var files = new DirectoryInfo(directory).EnumerateFiles().Where(f => Code().IsMatch(f.Name)).ToList();
            var bytes = files.Sum(f => f.Length);
            if (bytes <= maxBytes)
            {
                return;
            }

            var removed = 0;
            var others = files.Where(f => f.FullName != Path.GetFullPath(except));
            foreach (var file in others.OrderByDescending(f => CompiledFileUse.IsUnused(f.FullName)).ThenBy(f => LastUsed(f.FullName, SealOf(f.FullName))))
            {
                var length = file.Length;
                if (Remove(file.FullName, SealOf(file.FullName)))
                {
                    removed++;
                    bytes -= length;
                }

                if (bytes <= maxBytes)
                {
                    break;
                }
            }

            CompiledFilesMadeRoom(logger, removed, directory, bytes, maxBytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            CompiledFilesNotRemoved(logger, directory, e.Message);
        }
    }

    private static string SealOf(string path) => Path.ChangeExtension(path, CompiledCache.SealExtension);

    private static DateTimeOffset LastUsed(params ReadOnlySpan<string> paths)
    {
        var last = DateTimeOffset.MinValue;
        foreach (var path in paths)
        {
            // For a file that is not there the answer is a time long ago.
            var written = new DateTimeOffset(File.GetLastWriteTimeUtc(path));
            last = written > last ? written : last;
        }

        return last;
    }

    /// <summary>Removes a file that no process has open; false when one has, or when it cannot be removed.</summary>
    public static bool Remove(string path, string? seal)
    {
        try
        {
            // Opens only if no process has it open, and is itself a lock until the file is gone. Should another process put a new file
            // in its place meanwhile, that one goes, and costs a compilation.
            using var alone = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            if (seal is not null)
            {
                File.Delete(seal);
            }

            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [GeneratedRegex("^[0-9a-f]{64}-[0-9a-f]{16}\\.cwasm$")]
    private static partial Regex Code();

    [GeneratedRegex("^[0-9a-f]{64}-[0-9a-f]{16}\\.seal$")]
    private static partial Regex Seal();

    [GeneratedRegex("^[0-9a-f]{64}-[0-9a-f]{16}\\.(cwasm|seal)\\.[0-9]+-[0-9a-f]{16}\\.tmp$")]
    private static partial Regex Unfinished();
}
