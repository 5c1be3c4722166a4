using Microsoft.Extensions.Logging;

namespace Escapement.Firing.Holding;

internal sealed partial class LeaseKeeper
{
    [LoggerMessage(LogEvents.StoreUnavailable, LogLevel.Error, "The store is unavailable: leases cannot be extended now. {Problem}")]
    private partial void StoreIsUnavailable(string problem);

    [LoggerMessage(LogEvents.RunsRecovered, LogLevel.Warning, "Took over runs of a lost node: {Queued} queued again, {Abandoned} abandoned")]
    private partial void Recovered(int queued, int abandoned);
}
