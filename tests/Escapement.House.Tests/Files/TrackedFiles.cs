using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Escapement.House.Tests.Files;

/// <summary>The files that git tracks: what is in the working tree of them, as text. What is not text is left out.</summary>
internal static class TrackedFiles
{
    private static readonly Lazy<IReadOnlyList<TextFile>> Tracked = new(Read);

    public static IReadOnlyList<TextFile> All => Tracked.Value;

    private static List<TextFile> Read()
    {
        List<TextFile> files = [];
        foreach (var path in List().Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            // A file that was removed and not committed yet is tracked still.
            FileInfo file = new(Path.Combine(Repository.Root, path));
            if (file.Exists && Text(File.ReadAllBytes(file.FullName)) is { } text)
            {
                files.Add(new TextFile(path, text));
            }
        }

        return files;
    }

    // With the mark at a file's beginning, if there is one: it is one of the characters that are looked for.
    private static string? Text(byte[] bytes) => bytes.Contains((byte)0) ? null : Encoding.UTF8.GetString(bytes);

    private static string List()
    {
        try
        {
            ProcessStartInfo start = new("git", ["ls-files", "-z"])
            {
                WorkingDirectory = Repository.Root,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var git = Process.Start(start)!;
            var errors = git.StandardError.ReadToEndAsync();
            var list = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return git.ExitCode == 0
                ? list
                : throw new InvalidOperationException($"These tests look at the files that git tracks, and \"git ls-files\" failed: {errors.Result.Trim()}");
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException("These tests look at the files that git tracks, and git cannot be started: install it", e);
        }
    }
}
