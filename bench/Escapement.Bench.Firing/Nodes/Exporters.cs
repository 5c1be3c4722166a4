using Escapement.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Escapement.Bench;

/// <summary>What a node tells, and to whom: OTLP with the settings that OpenTelemetry has by default, to where its variables say.</summary>
internal static class Exporters
{
    public static IDisposable Start(Exporting exporting) => new All(
        exporting >= Exporting.Metrics ? Sdk.CreateMeterProviderBuilder().AddMeter(EscapementTelemetry.Name).AddOtlpExporter().Build() : null,
        exporting >= Exporting.All ? Sdk.CreateTracerProviderBuilder().AddSource(EscapementTelemetry.Name).AddOtlpExporter().Build() : null);

    private sealed class All(params IDisposable?[] providers) : IDisposable
    {
        public void Dispose()
        {
            foreach (var provider in providers)
            {
                provider?.Dispose();
            }
        }
    }
}

/// <summary>How much a node exports.</summary>
internal enum Exporting
{
    Nothing = 0,
    Metrics = 1,

    /// <summary>Metrics, and every span as long as the exporter keeps up.</summary>
    All = 2,
}
