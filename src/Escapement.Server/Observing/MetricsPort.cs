namespace Escapement.Server.Observing;

/// <summary>
/// Gives <c>/metrics</c> a port of its own. It goes by the port that a request came in at, which nobody can forge as they can the header
/// Host, and stands before everything else: nothing of the API is at that port, and nothing of this at the API's.
/// </summary>
internal sealed class MetricsPort(int port) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.MapWhen(
            context => context.Connection.LocalPort == port,
            branch => branch.UseOpenTelemetryPrometheusScrapingEndpoint(Exporters.MetricsPath));
        next(app);
    };
}
