using Microsoft.Extensions.Logging;

namespace Escapement.Sqlite;

/// <summary>What the store logs.</summary>
internal static partial class SqliteLog
{
    [LoggerMessage(LogEvents.StoreMigrated, LogLevel.Information, "Schema of {File} brought from {From} to {To}.")]
    public static partial void Migrated(ILogger logger, string file, int from, int to);

    [LoggerMessage(LogEvents.StoreOpened, LogLevel.Information, "Opened {File}; {Orphaned} runs of the process before wait for recovery.")]
    public static partial void Opened(ILogger logger, string file, int orphaned);
}
