using Microsoft.Extensions.Logging;

namespace Escapement.Bulk;

internal sealed partial class BulkKeeper
{
    [LoggerMessage(LogEvents.BulkDelayed, LogLevel.Error, "A change of many schedules could not go on; it is tried again in a few seconds")]
    private partial void Delayed(Exception e);
}
