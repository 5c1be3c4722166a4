using Microsoft.Extensions.Logging;

namespace Escapement.Firing;

internal sealed partial class StoreRetry
{
    [LoggerMessage(LogEvents.StoreUnavailable, LogLevel.Error, "The store is unavailable to the {Stage} stage, which tries again in {Seconds} s: {Problem}")]
    private partial void StoreIsUnavailable(Exception? e, string stage, double seconds, string problem);

    [LoggerMessage(LogEvents.StoreBack, LogLevel.Information, "The store is available again, after {Seconds:0.0} s")]
    private partial void StoreIsBack(double seconds);
}
