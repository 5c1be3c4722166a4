using Microsoft.Extensions.Logging;

namespace Escapement.Bulk;

internal sealed partial class BulkKeeper
{
    [LoggerMessage(LogEvents.BulkDelayed, LogLevel.Error, "Change {Change} of many schedules of {Tenant} could not go on; it is tried again in a few seconds")]
    private partial void Delayed(Exception e, Guid change, TenantId tenant);

    [LoggerMessage(LogEvents.AllBulkDelayed, LogLevel.Error, "Changes of many schedules could not go on; they are tried again in a few seconds")]
    private partial void AllDelayed(Exception e);
}
