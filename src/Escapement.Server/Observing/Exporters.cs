using Escapement.Access;
using Escapement.AspNetCore.Access;
using Escapement.Server.Configuration;
using Escapement.Telemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Escapement.Server.Observing;

/// <summary>Sends the host's spans and metrics to whom the settings say. The library knows none of this: it has a source and a meter.</summary>
internal static class Exporters
{
    public const string MetricsPath = "/metrics";

    private const string ServiceName = "escapement";

    public static void AddExporters(this WebApplicationBuilder builder, ServerSettings settings)
    {
        var telemetry = settings.Telemetry;
        if (!telemetry.Otlp && !telemetry.Prometheus)
        {
            return;
        }

        var exporters = builder.Services.AddOpenTelemetry().ConfigureResource(resource => Name(resource, settings.Options.Firing.Node));
        exporters.WithMetrics(metrics =>
        {
            metrics.AddMeter(EscapementTelemetry.Name);
            if (telemetry.Otlp)
            {
                metrics.AddOtlpExporter();
            }

            if (telemetry.Prometheus)
            {
                metrics.AddPrometheusExporter();
            }
        });
        if (telemetry.Otlp)
        {
            exporters.WithTracing(tracing => tracing.AddSource(EscapementTelemetry.Name).AddOtlpExporter());
        }

        if (telemetry.PrometheusPort is { } port)
        {
            builder.Services.AddSingleton<IStartupFilter>(new MetricsPort(port));
        }
    }

    /// <summary>Maps <c>/metrics</c> with the token, unless it has a port of its own.</summary>
    public static void MapMetrics(this WebApplication app, ServerSettings settings)
    {
        if (settings.Telemetry is { Prometheus: true, PrometheusPort: null })
        {
            app.MapPrometheusScrapingEndpoint(MetricsPath)
                .RequireAccess(settings.Options).Asks(Permission.ReadNode).WithMetadata(new WorksWithoutStore());
        }
    }

    // The variables come last, so that an operator's name for the service wins.
    private static void Name(ResourceBuilder resource, string node) => resource.Clear()
        .AddService(ServiceName, serviceVersion: ProductVersion.Text, serviceInstanceId: node)
        .AddTelemetrySdk()
        .AddEnvironmentVariableDetector();
}
