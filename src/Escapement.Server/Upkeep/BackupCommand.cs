using System.Globalization;
using Escapement.AspNetCore;
using Escapement.Sqlite.Backups;

namespace Escapement.Server.Upkeep;

/// <summary><c>escapement-server backup FILE</c>: a server may run on the folder meanwhile.</summary>
internal static class BackupCommand
{
    /// <exception cref="BackupRefusedException">It cannot be done; there is no such file.</exception>
    public static async Task RunAsync(string file, EscapementOptions options, TextWriter output)
    {
        SqliteOnly.Check(options);
        var backup = await Task.Run(() => BackupWriter.Write(options.DataFolder, file));
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{backup.File}: {backup.Bytes:N0} bytes, {backup.Schedules:N0} schedules, {backup.Runs:N0} runs; opened, and every page and index is sound."));
    }
}
