using System.Net;
using System.Text.Json.Nodes;
using Escapement.EndToEnd.Tests.Servers;

namespace Escapement.EndToEnd.Tests;

/// <summary>The examples of the scheduler host API guide, as printed, in the order and with the answers that their README names.</summary>
public sealed class GuideExamplesTests(CommonInstallation installation) : IAsyncLifetime
{
    private const string Extension = "com.escapement.guide-examples";
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
    public async Task Examples_AllCapabilitiesGranted_WriteWhatTheGuideSays(string engine)
    {
        var install = await InstallAsync(engine, "cap:scheduler.manage", "cap:log.emit");

        await RunAsync("listing", ["Found 0 schedules"], []);
        await RunAsync("endpoints", ["Schedulable endpoints:", " POST /api/sync"], []);

        var created = await CallAsync("creating");
        Assert.Empty(Texts(created, "errors"));
        var line = Assert.Single(Texts(created, "log"));
        var schedule = Assert.Single(await SchedulesAsync(install));
        Assert.Equal($"Created schedule: {schedule!["id"]}", line);

        var again = await CallAsync("creating");
        Assert.Empty(Texts(again, "log"));
        Assert.StartsWith("Failed: Schedule name already in use", Assert.Single(Texts(again, "errors")), StringComparison.Ordinal);

        await RunAsync("self-configuration", [], []);
        await RunAsync("self-configuration", [], []);
        var daily = Assert.Single(await SchedulesAsync(install), s => (string?)s!["name"] == "Daily Sync");
        Assert.Equal("POST /api/sync 0 9 * * * UTC", $"{daily!["endpoint"]} {daily["cron"]} {daily["timezone"]}");

        await RunAsync("listing", ["Found 2 schedules", "Data Sync: 0 */6 * * * (enabled)", "Daily Sync: 0 9 * * * (enabled)"], []);

        var wrong = await CallAsync("error-handling", """{"endpoint":"POST /nope","cron":"* * * * *","timezone":"Mars/Base"}""");
        Assert.Empty(Texts(wrong, "log"));
        Assert.Collection(
            Texts(wrong, "errors").Order(StringComparer.Ordinal),
            e => Assert.StartsWith("cron: Cron too frequent (minimum interval is 5 minutes)", e, StringComparison.Ordinal),
            e => Assert.StartsWith("endpoint: Endpoint not found or not schedulable", e, StringComparison.Ordinal),
            e => Assert.StartsWith("timezone: Invalid timezone", e, StringComparison.Ordinal));
        Assert.Equal(2, (await SchedulesAsync(install)).Count);

        for (var taken = 2; taken < 50; taken++)
        {
            await server.PostAsync($"{install}/schedules", new { endpoint = "POST /api/sync", cron = "0 9 * * *" });
        }

        await RunAsync("error-handling", [], ["Too many schedules (max 50 per extension install)"], """{"endpoint":"POST /api/sync","cron":"0 9 * * *"}""");

        var (code, body) = await server.CallAsync(Tenant, Extension, HttpMethod.Post, "/api/sync");
        Assert.Equal((HttpStatusCode.OK, """{"synced":true}"""), (code, body!.ToJsonString()));
        (code, _) = await server.CallAsync(Tenant, Extension, HttpMethod.Post, "/run/nothing");
        Assert.Equal(HttpStatusCode.NotFound, code);
    }

    [Theory]
    [InlineData(Engine.StarlingMonkey)]
    [InlineData(Engine.QuickJs)]
    public async Task Examples_SchedulerNotGranted_AreDenied(string engine)
    {
        await InstallAsync(engine, "cap:log.emit");
        await RunAsync("creating", [], ["Failed: Permission denied: cap:scheduler.manage not granted"]);

        var (code, body) = await server.CallAsync(Tenant, Extension, HttpMethod.Post, "/run/listing");
        Assert.Equal((HttpStatusCode.InternalServerError, "The extension failed; its log says why."), (code, (string?)body!["error"]));
    }

    private Task<string> InstallAsync(string engine, params string[] capabilities) =>
        server.InstallAsync(Repository.Bundle("tests/extensions/guide-examples", engine), Tenant, capabilities);

    private async Task RunAsync(string example, string[] log, string[] errors, string? input = null)
    {
        var written = await CallAsync(example, input);
        Assert.Equal(log, Texts(written, "log"));
        Assert.Equal(errors, Texts(written, "errors"));
    }

    private async Task<JsonNode> CallAsync(string example, string? input = null)
    {
        var (code, written) = await server.CallAsync(Tenant, Extension, HttpMethod.Post, $"/run/{example}", input);
        Assert.True(code == HttpStatusCode.OK, $"{example}: {code}: {written?.ToJsonString()}");
        return written!;
    }

    private async Task<JsonArray> SchedulesAsync(string install) => (await server.GetAsync($"{install}/schedules"))["items"]!.AsArray();

    private static List<string?> Texts(JsonNode written, string stream) => [.. written[stream]!.AsArray().Select(t => (string?)t)];
}
