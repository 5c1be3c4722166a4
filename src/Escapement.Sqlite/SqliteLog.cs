using Microsoft.Extensions.Logging;

namespace Escapement.Sqlite;

/// <summary>What the store logs.</summary>
internal static partial class SqliteLog
{
    [LoggerMessage(2001, LogLevel.Information, "Schema of {File} brought from {From} to {To}.")]
    public static partial void Migrated(ILogger logger, string file, int from, int to);

    [LoggerMessage(2002, LogLevel.Information, "Opened {File}; {Orphaned} runs of the process before wait for recovery.")]
    public static partial void Opened(ILogger logger, string file, int orphaned);
}
