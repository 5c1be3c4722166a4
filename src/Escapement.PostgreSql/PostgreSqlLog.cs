using Microsoft.Extensions.Logging;

namespace Escapement.PostgreSql;

/// <summary>What the store logs.</summary>
internal static partial class PostgreSqlLog
{
    [LoggerMessage(LogEvents.StoreMigrated, LogLevel.Information, "Schema {Schema} brought from {From} to {To}. {Server}.")]
    public static partial void Migrated(ILogger logger, string schema, int from, int to, string server);

    [LoggerMessage(LogEvents.StoreOpened, LogLevel.Information, "Opened schema {Schema}. {Server}; this node's clock is {OffsetMs} ms ahead of its clock.")]
    public static partial void Opened(ILogger logger, string schema, string server, long offsetMs);

    [LoggerMessage(LogEvents.StoreAwaited, LogLevel.Warning, "Waiting for the database: {Problem}")]
    public static partial void Awaited(ILogger logger, string problem);

    [LoggerMessage(
        LogEvents.ClockOff,
        LogLevel.Warning,
        "This node's clock is {OffsetMs} ms ahead of the database's. The database's decides; set this node's clock right, by NTP for example")]
    public static partial void ClockOff(ILogger logger, long offsetMs);

    [LoggerMessage(
        LogEvents.WakeListenerLost,
        LogLevel.Warning,
        "Other nodes' changes are not heard now; the poll sees them. Listening again in {Seconds} s. {Problem}")]
    public static partial void ListenerLost(ILogger logger, double seconds, string problem);

    [LoggerMessage(LogEvents.WakeListenerBack, LogLevel.Information, "Other nodes' changes are heard again")]
    public static partial void ListenerBack(ILogger logger);

    [LoggerMessage(LogEvents.WakeNotTold, LogLevel.Debug, "Other nodes were not told of a change; their poll sees it. {Problem}")]
    public static partial void NotTold(ILogger logger, string problem);

    [LoggerMessage(LogEvents.PartitionDelayed, LogLevel.Warning, "Partition {Partition} waits: {Problem}")]
    public static partial void PartitionDelayed(ILogger logger, string partition, string problem);

    [LoggerMessage(
        LogEvents.StoreMachineAway,
        LogLevel.Error,
        "Machine {Machine} of the distributed schema is away: nothing fires in its {Buckets} buckets until it is back; the others go on. {Problem}")]
    public static partial void MachineAway(ILogger logger, string machine, int buckets, string problem);

    [LoggerMessage(LogEvents.StoreMachineBack, LogLevel.Information, "Machine {Machine} of the distributed schema is back, and with it {Buckets} buckets")]
    public static partial void MachineBack(ILogger logger, string machine, int buckets);
}
