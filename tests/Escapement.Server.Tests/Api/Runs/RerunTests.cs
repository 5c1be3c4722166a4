using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Escapement.Server.Tests.Api.Runs;

public sealed class RerunTests
{
    [Fact]
    public async Task Rerun_EndedRun_Answers202WithWhatItRepeats()
    {
        await using var server = await RunningServer.StartAsync();
        var (_, original) = await RanAsync(server);

        using var answer = await server.Client.PostAsJsonAsync($"{Path(original)}/rerun", new { note = "the bank is back" });
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await server.RecordedAsync();

        var repeat = await server.GetAsync(answer.Headers.Location!.ToString());
        Assert.Equal(("rerun", "succeeded"), ((string?)repeat["trigger"], (string?)repeat["state"]));
        Assert.Equal(((string?)original["id"], "the bank is back"), ((string?)repeat["repeats"], (string?)repeat["note"]));
        Assert.Equal((string?)original["dueAt"], (string?)repeat["occurrence"]);
        Assert.NotEqual((string?)original["id"], (string?)repeat["id"]);
        Assert.False(original.ContainsKey("occurrence"));
    }

    [Fact]
    public async Task Get_ScheduleChangedSince_ShowsWhatTheRunAsked()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync("acme");
        using var made = await server.Client.PostAsJsonAsync(
            $"{install}/schedules", new { endpoint = "POST /api/sync", cron = "0 9 * * *", payload = """{"first":1}""" });
        var schedule = $"{install}/schedules/{(await RunningServer.ReadAsync(made))["id"]}";
        using var queued = await server.Client.PostAsync($"{schedule}/run-now", null);
        await server.RecordedAsync();
        async Task<string> AskedAsync() => (await server.GetAsync(queued.Headers.Location!.ToString()))["request"]!.ToJsonString();
        var asked = await AskedAsync();
        Assert.Equal("""{"method":"POST","path":"/api/sync","payload":"{\u0022first\u0022:1}","payloadKept":true}""", asked);

        using var other = await server.Client.PatchAsJsonAsync(schedule, new { endpoint = "GET /api/status", payload = "{}" });
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        using var third = await server.Client.PatchAsJsonAsync(schedule, new { endpoint = "POST /api/sync", name = "again" });
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
        Assert.Equal(asked, await AskedAsync());
        Assert.Null((await server.GetAsync($"{schedule}/runs"))["items"]![0]!["request"]);

        using var deleted = await server.Client.DeleteAsync(schedule);
        Assert.False((await server.GetAsync(queued.Headers.Location!.ToString())).ContainsKey("request"));
    }

    [Fact]
    public async Task Rerun_WithoutABody_IsTaken()
    {
        await using var server = await RunningServer.StartAsync();
        var (_, original) = await RanAsync(server);

        using var answer = await server.Client.PostAsync($"{Path(original)}/rerun", null);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.False((await RunningServer.ReadAsync(answer)).ContainsKey("note"));
    }

    [Theory]
    [InlineData("{\"notes\":\"x\"}", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("{\"note\":1}", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("note", "text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("{\"note\":\"", "application/json", HttpStatusCode.BadRequest)]
    public async Task Rerun_BodyThatCannotBeRead_IsRefused(string body, string type, HttpStatusCode status)
    {
        await using var server = await RunningServer.StartAsync();
        var (_, original) = await RanAsync(server);

        using var answer = await server.Client.PostAsync($"{Path(original)}/rerun", new StringContent(body, null, type));

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Rerun_NoteTooLong_Answers422()
    {
        await using var server = await RunningServer.StartAsync();
        var (schedule, original) = await RanAsync(server);

        foreach (var path in (string[])[$"{Path(original)}/rerun", $"{schedule}/run-now"])
        {
            using var answer = await server.Client.PostAsJsonAsync(path, new { note = new string('n', 513) });
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Equal(["note"], (await RunningServer.ReadAsync(answer))["errors"]!.AsObject().Select(e => e.Key));
        }
    }

    [Fact]
    public async Task Rerun_TenantPaused_Answers409AndSchedulePausedIsTaken()
    {
        await using var server = await RunningServer.StartAsync();
        var (schedule, original) = await RanAsync(server);
        await PostAsync(server, $"{schedule}/pause", new { note = "move" }, HttpStatusCode.OK);
        await PostAsync(server, $"{Path(original)}/rerun", new { }, HttpStatusCode.Accepted);
        await server.RecordedAsync();
        await PostAsync(server, "/api/v1/tenants/acme/pause", new { note = "move" }, HttpStatusCode.OK);

        var refused = await PostAsync(server, $"{Path(original)}/rerun", new { }, HttpStatusCode.Conflict);

        Assert.Equal("urn:escapement:problem:paused", (string?)refused["type"]);
    }

    [Fact]
    public async Task Rerun_ScheduleDeleted_Answers409AndUnknownRun404()
    {
        await using var server = await RunningServer.StartAsync();
        var (schedule, original) = await RanAsync(server);
        using var deleted = await server.Client.DeleteAsync(schedule);

        var gone = await PostAsync(server, $"{Path(original)}/rerun", new { }, HttpStatusCode.Conflict);
        await PostAsync(server, $"/api/v1/tenants/acme/runs/{Guid.NewGuid()}/rerun", new { }, HttpStatusCode.NotFound);
        await PostAsync(server, $"/api/v1/tenants/globex/runs/{original["id"]}/rerun", new { }, HttpStatusCode.NotFound);

        Assert.Equal("urn:escapement:problem:schedule-gone", (string?)gone["type"]);
    }

    private static string Path(JsonObject run) => $"/api/v1/tenants/acme/runs/{run["id"]}";

    private static async Task<(string Schedule, JsonObject Run)> RanAsync(RunningServer server)
    {
        var install = await server.InstallAsync("acme");
        var schedule = $"{install}/schedules/{(await server.CreateAsync(install, "daily"))["id"]}";
        using var queued = await server.Client.PostAsJsonAsync($"{schedule}/run-now", new { note = "by hand" });
        await server.RecordedAsync();
        var run = await server.GetAsync(queued.Headers.Location!.ToString());
        Assert.Equal("by hand", (string?)run["note"]);
        return (schedule, run);
    }

    private static async Task<JsonObject> PostAsync(RunningServer server, string path, object body, HttpStatusCode expected)
    {
        using var answer = await server.Client.PostAsJsonAsync(path, body);
        Assert.Equal(expected, answer.StatusCode);
        return await RunningServer.ReadAsync(answer);
    }
}
