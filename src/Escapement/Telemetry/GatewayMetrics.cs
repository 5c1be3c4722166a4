using System.Diagnostics.Metrics;

namespace Escapement.Telemetry;

/// <summary>What the gateway tells: how many calls wait, and how many were refused.</summary>
internal sealed class GatewayMetrics
{
    private readonly Counter<long> refusals;
    private volatile Func<int>? waiting;

    public GatewayMetrics(Meter meter)
    {
        meter.CreateObservableUpDownCounter("escapement.gateway.queue.depth", Measure, "{call}", "Gateway calls that wait for a slot of this node");
        refusals = meter.CreateCounter<long>("escapement.gateway.refusals", "{call}", "Gateway calls that were refused, by whose queue was full");
    }

    /// <summary>From now on this is how many calls wait.</summary>
    public void ObserveQueue(Func<int> now) => waiting = now;

    /// <summary>A call was refused.</summary>
    /// <param name="queue">Whose queue was full: <c>install</c>, <c>tenant</c> or <c>node</c>.</param>
    public void Refused(string queue) => refusals.Add(1, new KeyValuePair<string, object?>(TelemetryTags.Queue, queue));

    private Measurement<int>[] Measure() => waiting is { } now ? [new(now())] : [];
}
