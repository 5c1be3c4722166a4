using System.Globalization;
using Escapement.AspNetCore;
using Escapement.Sqlite.Backups;

namespace Escapement.Server.Upkeep;

/// <summary><c>escapement-server restore FILE</c>: no server may run on the folder.</summary>
internal static class RestoreCommand
{
    /// <exception cref="BackupRefusedException">It cannot be done; the folder is as it was.</exception>
    public static async Task RunAsync(string file, EscapementOptions options, TextWriter output)
    {
        SqliteOnly.Check(options);
        var restored = await Task.Run(() => Restore.Run(file, options.DataFolder, TimeProvider.System));
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{restored.Backup.File}: {restored.Backup.Schedules:N0} schedules, {restored.Backup.Runs:N0} runs, as they were when the backup was made."));
        if (restored.Kept is { } kept)
        {
            await output.WriteLineAsync($"What was there before is {kept}; remove it when you are sure.");
        }

        await output.WriteLineAsync(
            "Start the server. What ran after the backup is not known here any more: each schedule catches up its latest missed occurrence, " +
            "which may be a repeat.");
    }
}
