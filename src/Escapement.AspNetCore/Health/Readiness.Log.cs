using Microsoft.Extensions.Logging;

namespace Escapement.AspNetCore.Health;

internal sealed partial class Readiness
{
    [LoggerMessage(LogEvents.NotReady, LogLevel.Warning, "Not ready: {Problem}")]
    private partial void NotReady(string problem);
}
