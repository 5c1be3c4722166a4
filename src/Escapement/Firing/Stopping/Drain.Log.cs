using Microsoft.Extensions.Logging;

namespace Escapement.Firing.Stopping;

internal sealed partial class Drain
{
    [LoggerMessage(LogEvents.EngineStopping, LogLevel.Information, "Claiming no more; waiting up to {Seconds} s for {Running} runs")]
    private partial void Stopping(int running, double seconds);
}
