using Microsoft.Extensions.Logging;

namespace Escapement.Sqlite;

/// <summary>What the store logs.</summary>
internal static partial class SqliteLog
{
    [LoggerMessage(LogEvents.StoreMigrated, LogLevel.Information, "Schema of {File} brought from {From} to {To}.")]
    public static partial void Migrated(ILogger logger, string file, int from, int to);

    [LoggerMessage(LogEvents.StoreOpened, LogLevel.Information, "Opened {File}; {Orphaned} runs of the process before wait for recovery.")]
    public static partial void Opened(ILogger logger, string file, int orphaned);

    [LoggerMessage(LogEvents.StoreChecked, LogLevel.Information, "The process before did not close {File}; every page of it was looked at and is sound.")]
    public static partial void Sound(ILogger logger, string file);

    [LoggerMessage(LogEvents.StoreDamaged, LogLevel.Critical, "{File} is damaged: {Problems}. {Remedy}")]
    public static partial void Damaged(ILogger logger, string file, string problems, string remedy);

    [LoggerMessage(LogEvents.StoreNotChecked, LogLevel.Warning, "The process before did not close {File}, and it could not be looked at for damage: {Reason}")]
    public static partial void NotChecked(ILogger logger, string file, string reason);
}
