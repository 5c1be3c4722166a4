using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Escapement.EndToEnd.Tests.Servers;

namespace Escapement.EndToEnd.Tests;

/// <summary>The sample that people copy, on the server that people start.</summary>
public sealed class SampleTests(CommonInstallation installation) : IAsyncLifetime
{
    private const string Extension = "com.escapement.scheduler-demo";
    private const string Tenant = "acme";

    private ServerFolder folder = null!;
    private RealServer server = null!;

    public async ValueTask InitializeAsync()
    {
        folder = await installation.CopyAsync();
        server = await RealServer.StartAsync(folder);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Theory]
    [InlineData(Engine.StarlingMonkey)]
    [InlineData(Engine.QuickJs)]
    public async Task Sample_AllCapabilitiesGranted_ManagesItsSchedulesAndRuns(string engine)
    {
        var install = await InstallAsync(engine, "cap:scheduler.manage", "cap:log.emit", "cap:context.read");

        var first = await SetupAsync(HttpStatusCode.OK);
        Assert.Equal(["POST /api/heartbeat", "GET /api/status"], Texts(first["schedulable"]));
        Assert.Equal(["Heartbeat created", "Daily status check created"], Outcomes(first));
        var second = await SetupAsync(HttpStatusCode.OK);
        Assert.Equal(["Heartbeat exists", "Daily status check exists"], Outcomes(second));
        Assert.Equal(Ids(first), Ids(second));

        var (code, status) = await server.CallAsync(Tenant, Extension, HttpMethod.Get, "/api/status");
        Assert.Equal(HttpStatusCode.OK, code);
        Assert.Equal(("ok", Tenant, Extension), ((string?)status!["status"], (string?)status["tenantId"], (string?)status["extensionId"]));

        var listed = await ListAsync();
        Assert.Equal(["Heartbeat POST /api/heartbeat */5 * * * * UTC", "Daily status check GET /api/status 0 9 * * * America/New_York"],
            listed.Select(s => $"{s!["name"]} {s["endpointMethod"]} {s["endpointPath"]} {s["cron"]} {s["timezone"]}"));
        Assert.Equal(Ids(first), [.. listed.Select(s => (string?)s!["id"])]);

        var run = await server.RunNowAsync(install, Ids(first)[0]!);
        Assert.True((string?)run["state"] == "succeeded", run.ToJsonString());
        Assert.Equal((1, 200, "run-now"), ((int)run["attempt"]!, (int)run["statusCode"]!, (string?)run["trigger"]));
        var line = Assert.Single(run["evidence"]!["log"]!.AsArray());
        Assert.Equal(("info", $"Heartbeat due {run["dueAt"]}, attempt 1"), ((string?)line!["level"], (string?)line["message"]));

        var remove = $"/api/schedules/{Ids(first)[1]}";
        (code, var removed) = await server.CallAsync(Tenant, Extension, HttpMethod.Delete, remove);
        Assert.Equal((HttpStatusCode.OK, Ids(first)[1]), (code, (string?)removed!["deleted"]));
        Assert.Equal(["Heartbeat"], (await ListAsync()).Select(s => (string?)s!["name"]));
        (code, removed) = await server.CallAsync(Tenant, Extension, HttpMethod.Delete, remove);
        Assert.Equal((HttpStatusCode.NotFound, "Schedule not found"), (code, (string?)removed!["error"]));

        (code, _) = await server.CallAsync(Tenant, Extension, HttpMethod.Get, "/api/nowhere");
        Assert.Equal(HttpStatusCode.NotFound, code);
    }

    [Theory]
    [InlineData(Engine.StarlingMonkey)]
    [InlineData(Engine.QuickJs)]
    public async Task Setup_SchedulerNotGranted_Answers403AndCreatesNothing(string engine)
    {
        var install = await InstallAsync(engine, "cap:log.emit", "cap:context.read");
        var refused = await SetupAsync(HttpStatusCode.Forbidden);
        Assert.Contains("permission denied", (string?)refused["error"], StringComparison.OrdinalIgnoreCase);
        Assert.Empty((await server.GetAsync($"{install}/schedules"))["items"]!.AsArray());
    }

    [Theory]
    [InlineData(Engine.StarlingMonkey)]
    [InlineData(Engine.QuickJs)]
    public async Task Heartbeat_ItsTimeComes_RunsByItself(string engine)
    {
        // Five minutes pass in half a second.
        await server.DisposeAsync();
        server = await RealServer.StartAsync(folder, ("ESCAPEMENT__TimeLapse", "600"));
        var install = await InstallAsync(engine, "cap:scheduler.manage", "cap:log.emit", "cap:context.read");
        var heartbeat = Ids(await SetupAsync(HttpStatusCode.OK))[0];

        var ended = await Poll.UntilAsync("an occurrence ran", async () =>
            (await server.GetAsync($"{install}/schedules/{heartbeat}/runs?state=succeeded"))["items"]!.AsArray().LastOrDefault()?.AsObject());
        var run = await server.GetAsync($"/api/v1/tenants/{Tenant}/runs/{ended["id"]}");
        Assert.Equal(("schedule", 1, 200), ((string?)run["trigger"], (int)run["attempt"]!, (int)run["statusCode"]!));
        Assert.Equal(0, DateTimeOffset.Parse((string)run["dueAt"]!, CultureInfo.InvariantCulture).ToUnixTimeSeconds() % 300);
        Assert.Equal($"Heartbeat due {run["dueAt"]}, attempt 1", (string?)Assert.Single(run["evidence"]!["log"]!.AsArray())!["message"]);
    }

    private Task<string> InstallAsync(string engine, params string[] capabilities) =>
        server.InstallAsync(Repository.Bundle("samples/scheduler-demo", engine), Tenant, capabilities);

    private async Task<JsonNode> SetupAsync(HttpStatusCode expected)
    {
        var (code, report) = await server.CallAsync(Tenant, Extension, HttpMethod.Post, "/api/setup");
        Assert.True(code == expected, $"{code}: {report?.ToJsonString()}");
        return report!;
    }

    private async Task<JsonArray> ListAsync()
    {
        var (code, list) = await server.CallAsync(Tenant, Extension, HttpMethod.Get, "/api/schedules");
        Assert.Equal(HttpStatusCode.OK, code);
        return list!["schedules"]!.AsArray();
    }

    private static List<string?> Texts(JsonNode? list) => [.. list!.AsArray().Select(t => (string?)t)];

    private static List<string> Outcomes(JsonNode report) => [.. report["schedules"]!.AsArray().Select(s => $"{s!["name"]} {s["outcome"]}")];

    private static List<string?> Ids(JsonNode report) => [.. report["schedules"]!.AsArray().Select(s => (string?)s!["scheduleId"])];
}
