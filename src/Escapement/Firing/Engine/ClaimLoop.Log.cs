using Microsoft.Extensions.Logging;

namespace Escapement.Firing.Engine;

internal sealed partial class ClaimLoop
{
    [LoggerMessage(LogEvents.OccurrencesMissed, LogLevel.Warning, "{Count} occurrences were missed; the run ledger says which and why")]
    private partial void Missed(int count);

    [LoggerMessage(
        LogEvents.SchedulesUnplannable,
        LogLevel.Error,
        "{Count} schedules were disabled because this host cannot work out when they are due next; the run ledger says which and why")]
    private partial void Unplannable(int count);
}
