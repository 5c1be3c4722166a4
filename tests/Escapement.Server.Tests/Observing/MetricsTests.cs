using System.Net;
using System.Net.Sockets;

namespace Escapement.Server.Tests.Observing;

public sealed class MetricsTests
{
    private const string Tenant = "a-tenant-that-no-metric-names";

    private static readonly (string, string?) Prometheus = ("Escapement:Telemetry:Prometheus", "true");

    [Fact]
    public async Task Metrics_ByDefault_AreNotThere()
    {
        await using var server = await RunningServer.StartAsync();
        using var answer = await server.Client.GetAsync("/metrics");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Metrics_WithTheToken_TellOfRunsButNotWhoseTheyWere()
    {
        await using var server = await RunningServer.StartAsync(settings: Prometheus);
        await FireAsync(server);

        var text = await server.Client.GetStringAsync("/metrics");

        Assert.Contains("escapement_runs_total{", text, StringComparison.Ordinal);
        Assert.Contains("escapement_outcome=\"succeeded\"", text, StringComparison.Ordinal);
        Assert.Contains("escapement_run_duration_seconds_bucket{", text, StringComparison.Ordinal);
        Assert.Contains("escapement_slots_limit", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Tenant, text, StringComparison.Ordinal);
        Assert.DoesNotContain(RunningServer.Extension, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("esc_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Metrics_WithoutTheToken_Answer401(string? token)
    {
        await using var server = await RunningServer.StartAsync(settings: Prometheus);
        server.Client.DefaultRequestHeaders.Authorization = token is null ? null : new("Bearer", token);

        using var answer = await server.Client.GetAsync("/metrics");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.DoesNotContain("escapement_", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_OnAPortOfTheirOwn_AnswerWithoutATokenAndAreAllThatIsThere()
    {
        var port = FreePort();
        await using var server = await RunningServer.StartAsync(settings: [Prometheus, ("Escapement:Telemetry:PrometheusPort", $"{port}")]);
        await server.ReadyAsync();
        using var anybody = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

        Assert.Contains("escapement_claim_duration_seconds_count", await anybody.GetStringAsync("/metrics"), StringComparison.Ordinal);
        foreach (var path in (string[])["/healthz", "/api/v1/extensions", "/openapi/v1.json", "/"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Authorization = server.Client.DefaultRequestHeaders.Authorization;
            using var answer = await anybody.SendAsync(request);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Metrics_OnAPortOfTheirOwn_AreNotAtTheServersPortWhateverTheRequestSays()
    {
        var port = FreePort();
        await using var server = await RunningServer.StartAsync(settings: [Prometheus, ("Escapement:Telemetry:PrometheusPort", $"{port}")]);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { Host = $"127.0.0.1:{port}" } };
        using var answer = await server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    internal static async Task FireAsync(RunningServer server)
    {
        var install = await server.InstallAsync(Tenant);
        var schedule = await server.CreateAsync(install, "nightly");
        using var asked = await server.Client.PostAsync($"{install}/schedules/{(string?)schedule["id"]}/run-now", content: null);
        Assert.True(asked.IsSuccessStatusCode, $"{asked.StatusCode}");
        await server.RecordedAsync();
    }

    // Nobody else is likely to take it in the moment until the server does.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
