using System.Globalization;
using Escapement.AspNetCore;
using Escapement.Sqlite;
using Escapement.Sqlite.Backups;
using Escapement.Sqlite.Connections;
using Escapement.Sqlite.Integrity;

namespace Escapement.Server.Upkeep;

/// <summary><c>escapement-server check</c>: a server may run on the folder meanwhile.</summary>
internal static class CheckCommand
{
    /// <exception cref="BackupRefusedException">There is nothing to check.</exception>
    /// <exception cref="DamageFoundException">There is damage.</exception>
    public static async Task RunAsync(EscapementOptions options, TextWriter output)
    {
        SqliteOnly.Check(options);
        var file = Path.Combine(Path.GetFullPath(options.DataFolder), DataFolder.FileName);
        if (!File.Exists(file))
        {
            throw new BackupRefusedException($"--data: there is no {file}. Name the data folder of a server that runs with --store sqlite.");
        }

        var problems = await Task.Run(() => FileCheck.Run(file, CheckDepth.Everything));
        if (problems.Count > 0)
        {
            var lines = string.Concat(problems.Select(p => $"{Environment.NewLine}  - {p}"));
            throw new DamageFoundException($"{file} is damaged:{lines}{Environment.NewLine}{Remedies.For(file)}");
        }

        var found = await Task.Run(() => BackupFile.Read(file, file));
        var code = await Task.Run(() => KeptCode.Check(options, file));
        if (code.Damaged.Count > 0)
        {
            throw new DamageFoundException(
                $"{file} is sound, but of the files of compiled code, {code.Files}, these are damaged: {string.Join(", ", code.Damaged)}. They are made "
                + "anew when they are next used; look at the disk before you trust it again.");
        }

        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{file} is sound, with its log: every page, index, reference and bundle was looked at. {found.Schedules:N0} schedules, {found.Runs:N0} runs; "
            + $"files of compiled code: {code.Files:N0}, sound too."));
    }
}
