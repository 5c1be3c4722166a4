using Microsoft.Extensions.Logging;

namespace Escapement.Sqlite;

/// <summary>What the store logs.</summary>
internal static partial class SqliteLog
{
    [LoggerMessage(LogEvents.StoreMigrated, LogLevel.Information, "Schema of {File} brought from {From} to {To}.")]
    public static partial void Migrated(ILogger logger, string file, int from, int to);

    [LoggerMessage(LogEvents.StoreOpened, LogLevel.Information, "Opened {File}; {Orphaned} runs of the process before wait for recovery.")]
    public static partial void Opened(ILogger logger, string file, int orphaned);

    [LoggerMessage(
        LogEvents.StoreChecked,
        LogLevel.Information,
        "Every page of {File} was looked at, for the process before did not close it or found damage, and is sound.")]
    public static partial void Sound(ILogger logger, string file);

    [LoggerMessage(LogEvents.StoreDamaged, LogLevel.Critical, "{File} is damaged: {Problems}. {Remedy}")]
    public static partial void Damaged(ILogger logger, string file, string problems, string remedy);

    [LoggerMessage(
        LogEvents.StoreNotChecked,
        LogLevel.Warning,
        "{File} could not be looked at for damage, though the process before did not close it or found some: {Reason}")]
    public static partial void NotChecked(ILogger logger, string file, string reason);
}
