using Microsoft.Extensions.Logging;

namespace Escapement.Retention;

internal sealed partial class RetentionKeeper
{
    [LoggerMessage(LogEvents.RetentionApplied, LogLevel.Information, "Retention removed {Rows} rows and {Partitions} partitions of run history and audit")]
    private partial void Removed(long rows, int partitions);

    [LoggerMessage(LogEvents.RetentionDelayed, LogLevel.Error, "The store is unavailable: retention waits for an hour")]
    private partial void StoreIsUnavailable(Exception e);

    [LoggerMessage(LogEvents.RetentionFailed, LogLevel.Error, "Retention failed; history is kept for longer, and it is tried again in an hour")]
    private partial void Failed(Exception e);
}
