using Microsoft.Extensions.Logging;

namespace Escapement.Nodes;

internal sealed partial class NodeKeeper
{
    [LoggerMessage(
        LogEvents.OutageEnded,
        LogLevel.Warning,
        "No node fired between {From:u} and {To:u}; what came due then is caught up as policies say")]
    private partial void OutageEnded(DateTimeOffset from, DateTimeOffset to);

    [LoggerMessage(LogEvents.NodeDrained, LogLevel.Information, "This node was drained by {By} and takes nothing new: {Note}")]
    private partial void Drained(string by, string note);

    [LoggerMessage(LogEvents.NodeTakesWork, LogLevel.Information, "This node takes work again")]
    private partial void TakesWork();

    [LoggerMessage(LogEvents.NodeNotSeen, LogLevel.Debug, "A sign of life could not be stored")]
    private partial void NotSaid(Exception e);
}
