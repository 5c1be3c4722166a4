using Microsoft.Extensions.Logging;

namespace Escapement.Firing.Engine;

internal sealed partial class FiringEngine
{
    [LoggerMessage(LogEvents.EngineStarted, LogLevel.Information, "Firing as node {Node} with {Slots} slots, {PerTenant} of them for one tenant at most")]
    private partial void Started(string node, int slots, int perTenant);

    [LoggerMessage(LogEvents.EngineStopped, LogLevel.Information, "Firing stopped")]
    private partial void Stopped();

    [LoggerMessage(LogEvents.EngineFailed, LogLevel.Critical, "The engine's {Loop} loop failed for a reason that nobody foresaw; this node fires no more")]
    private partial void EngineFailed(Exception e, string loop);
}
