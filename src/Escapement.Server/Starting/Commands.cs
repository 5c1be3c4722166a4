using Escapement.AspNetCore;
using Escapement.Server.Configuration;
using Escapement.Server.CopyStore;
using Escapement.Server.Migrating;
using Escapement.Server.Upkeep;

namespace Escapement.Server.Starting;

/// <summary>What stands behind each verb.</summary>
internal static class Commands
{
    public static Task RunAsync(Verb verb, string? operand, EscapementOptions options, TextWriter output) => verb.Word switch
    {
        "copy-store" => CopyCommand.RunAsync(options, output),
        "migrate" => MigrateCommand.RunAsync(options.PostgreSql, output),
        "check" => CheckCommand.RunAsync(options, output),
        "backup" => BackupCommand.RunAsync(operand!, options, output),
        "restore" => RestoreCommand.RunAsync(operand!, options, output),
        _ => throw new InvalidOperationException($"Nothing stands behind {verb.Word}."),
    };
}
