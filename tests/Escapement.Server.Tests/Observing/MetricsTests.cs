using System.Net;
using System.Net.Sockets;
using Escapement.Access;
using Escapement.AspNetCore;
using Escapement.Audit;
using Escapement.Noting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

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
    public async Task Metrics_StoreAway_AnswerToATokenThatWasSeenBefore()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var tokens = new OneToken();
        await using var server = await RunningServer.StartAsync(
            o => o.Roles = EscapementRoles.Api,
            services: s => s.AddSingleton<TimeProvider>(time).AddSingleton<ITokenStore>(tokens),
            settings: Prometheus);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, "/metrics"));

        tokens.IsAway = true;
        time.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, "/metrics"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(server, "/api/v1/extensions"));
    }

    [Fact]
    public async Task Metrics_OnAPortOfTheirOwn_AnswerWithoutATokenAndAreAllThatIsThere()
    {
        var port = FreePort();
        await using var server = await RunningServer.StartAsync(settings: [Prometheus, ("Escapement:Telemetry:PrometheusPort", $"{port}")]);
        await server.ReadyAsync();
        using var anybody = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };

        using var metrics = await anybody.GetAsync("/metrics");
        Assert.Contains("escapement_claim_duration_seconds_count", await metrics.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(["nosniff"], metrics.Headers.GetValues("x-content-type-options"));
        foreach (var path in (string[])["/healthz", "/api/v1/extensions", "/openapi/v1.json", "/"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Authorization = server.Client.DefaultRequestHeaders.Authorization;
            using var answer = await anybody.SendAsync(request);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.Equal(["nosniff"], answer.Headers.GetValues("x-content-type-options"));
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

    private static async Task<HttpStatusCode> StatusAsync(RunningServer server, string path)
    {
        using var answer = await server.Client.GetAsync(path);
        return answer.StatusCode;
    }

    /// <summary>The first token, in a store that can be away.</summary>
    private sealed class OneToken : ITokenStore
    {
        private ApiToken? only;

        public bool IsAway { get; set; }

        public ValueTask<bool> AddFirstAsync(ApiToken token, CancellationToken cancellationToken)
        {
            only = token;
            return ValueTask.FromResult(true);
        }

        public ValueTask<ApiToken?> FindAsync(ReadOnlyMemory<byte> sha256, CancellationToken cancellationToken) =>
            IsAway ? throw new StoreUnavailableException("It is away") : ValueTask.FromResult(only);

        public ValueTask NoteUsesAsync(IReadOnlyList<Use<Guid>> uses, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask AddAsync(ApiToken token, IReadOnlyList<AuditEntry> audit, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<ApiToken?> GetAsync(Guid id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<ApiToken>> ListAsync(Guid before, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<bool> RotateAsync(TokenRotation rotation, IReadOnlyList<AuditEntry> audit, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<TokenRevoking> RevokeAsync(TokenRevocation revocation, IReadOnlyList<AuditEntry> audit, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
