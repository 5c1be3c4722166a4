using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Escapement.Server.Tests.Observing;

public sealed class OtlpTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<(string Signal, string Body)> received = new();
    private WebApplication collector = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        collector = builder.Build();
        collector.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            received.Enqueue((signal, Encoding.Latin1.GetString(body.ToArray())));
            return Results.Bytes([], "application/x-protobuf");
        });
        await collector.StartAsync();
    }

    public async ValueTask DisposeAsync() => await collector.DisposeAsync();

    [Theory]
    [InlineData(null, "escapement")]
    [InlineData("our-scheduler", "our-scheduler")]
    public async Task Otlp_On_SendsSpansAndMetricsToWhereTheVariablesSay(string? serviceName, string expected)
    {
        await using (var server = await RunningServer.StartAsync(settings: Settings("true", serviceName)))
        {
            await MetricsTests.FireAsync(server);
        }

        // What is left is sent when the server ends.
        var (traces, metrics) = (Of("traces"), Of("metrics"));
        Assert.All(
            ["escapement.claim", "escapement.prepare", "escapement.invoke", "escapement.classify", "escapement.record",
                "a-tenant-that-no-metric-names", expected],
            text => Assert.Contains(text, traces, StringComparison.Ordinal));
        Assert.All(
            ["escapement.runs", "escapement.run.duration", "escapement.slots.limit", expected],
            text => Assert.Contains(text, metrics, StringComparison.Ordinal));
        Assert.DoesNotContain("a-tenant-that-no-metric-names", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Otlp_Off_SendsNothing()
    {
        await using (var server = await RunningServer.StartAsync(settings: Settings("false", serviceName: null)))
        {
            await MetricsTests.FireAsync(server);
        }

        Assert.Empty(received);
    }

    private (string, string?)[] Settings(string otlp, string? serviceName) =>
    [
        ("Escapement:Telemetry:Otlp", otlp),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.Single()),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_SERVICE_NAME", serviceName),
    ];

    private string Of(string signal) => string.Concat(received.Where(r => r.Signal == signal).Select(r => r.Body));
}
