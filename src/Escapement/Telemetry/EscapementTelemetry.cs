using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Escapement.Telemetry;

/// <summary>
/// What the host tells of itself: one source of spans and one meter, both named <see cref="Name"/>. An application with an OpenTelemetry
/// set-up of its own adds both by that name. Nothing is made that nobody listens to. <c>docs/guides/observing.md</c> lists what there is.
/// </summary>
public sealed class EscapementTelemetry : IDisposable
{
    /// <summary>The name of the source and of the meter.</summary>
    public const string Name = "Escapement";

    private static readonly string? Version = typeof(EscapementTelemetry).Assembly.GetName().Version?.ToString(3);

    /// <summary>Makes a source and a meter. A host has one of each; in one process there can be several hosts.</summary>
    public EscapementTelemetry()
    {
        Firing = new FiringMetrics(Meter);
        Gateway = new GatewayMetrics(Meter);
        Store = new StoreTelemetry(Meter);
        Sandbox = new SandboxTelemetry(Meter, Source);
    }

    /// <summary>The source of spans.</summary>
    public ActivitySource Source { get; } = new(Name, Version);

    /// <summary>The meter.</summary>
    public Meter Meter { get; } = new(Name, Version);

    /// <summary>What a store and those who call it tell.</summary>
    internal StoreTelemetry Store { get; }

    /// <summary>What a sandbox tells.</summary>
    public SandboxTelemetry Sandbox { get; }

    internal FiringMetrics Firing { get; }

    internal GatewayMetrics Gateway { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Source.Dispose();
        Meter.Dispose();
    }
}
