using Microsoft.Extensions.Logging;

namespace Escapement.Nodes;

internal sealed partial class NodeKeeper
{
    [LoggerMessage(
        LogEvents.OutageEnded,
        LogLevel.Warning,
        "No node that fires gave a sign of life between {From:u} and {To:u}; what came due then is caught up as policies say")]
    private partial void OutageEnded(DateTimeOffset from, DateTimeOffset to);

    [LoggerMessage(LogEvents.NodeNotSeen, LogLevel.Debug, "A sign of life could not be stored")]
    private partial void NotSaid(Exception e);
}
