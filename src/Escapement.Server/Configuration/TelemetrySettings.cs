using Escapement.AspNetCore;

namespace Escapement.Server.Configuration;

/// <summary>Who is told of spans and metrics; nobody by default.</summary>
internal sealed record TelemetrySettings
{
    /// <summary>Whether both are sent by OTLP, to where the variables of OpenTelemetry say.</summary>
    public bool Otlp { get; private init; }

    /// <summary>Whether <c>/metrics</c> is answered.</summary>
    public bool Prometheus { get; private init; }

    /// <summary>The port that <c>/metrics</c> has for itself, without a token; null for the server's own addresses, with the token.</summary>
    public int? PrometheusPort { get; private init; }

    public static TelemetrySettings Read(SettingsReader reader) => new()
    {
        Otlp = reader.Switch("Telemetry:Otlp", fallback: false),
        Prometheus = reader.Switch("Telemetry:Prometheus", fallback: false),
        PrometheusPort = reader.Number("Telemetry:PrometheusPort"),
    };

    /// <summary>Everything that does not go together.</summary>
    /// <param name="urls">The server's addresses, each found good.</param>
    /// <param name="roles">What the node does.</param>
    public IEnumerable<string> FindProblems(IReadOnlyList<string> urls, EscapementRoles roles)
    {
        if (PrometheusPort is { } port)
        {
            if (!Prometheus)
            {
                yield return "Telemetry:PrometheusPort is for Telemetry:Prometheus, which is off: set that to true, or leave the port out";
            }

            if (port is < 1 or > 65_535)
            {
                yield return "Telemetry:PrometheusPort must be between 1 and 65535";
            }

            if (urls.Any(url => BindingAddress.Parse(url).Port == port))
            {
                yield return "Telemetry:PrometheusPort must be another port than those of Urls: what is there asks for no token";
            }
        }
        else if (Prometheus && !roles.HasFlag(EscapementRoles.Api))
        {
            yield return "Telemetry:Prometheus needs Telemetry:PrometheusPort on a node without the role api, because there nobody has a token";
        }
    }

    /// <summary>Where the port is listened at: on the hosts of the server's own addresses.</summary>
    public IEnumerable<string> MetricsUrls(IEnumerable<string> urls) => PrometheusPort is { } port
        ? urls.Select(BindingAddress.Parse).Select(a => $"{a.Scheme}://{a.Host}:{port}").Distinct(StringComparer.OrdinalIgnoreCase)
        : [];
}
