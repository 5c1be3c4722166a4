using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Escapement.Server.Tests.Api;

public sealed class IfMatchTests
{
    [Fact]
    public async Task Update_OfWhatWasSeen_IsDoneAndOfWhatWasNotIsRefusedWithWhatChanged()
    {
        await using var server = await RunningServer.StartAsync(o => o.Roles = ApiAlone);
        var install = await server.InstallAsync();
        var path = $"{install}/schedules/{(await server.CreateAsync(install, "daily"))["id"]}";
        var seen = await TagAsync(server, path);

        using var first = await PatchAsync(server, path, seen, new { cron = "0 10 * * *" });
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        using var second = await PatchAsync(server, path, seen, new { cron = "0 11 * * *", policy = new { overlap = "queue-one" } });
        var problem = await RunningServer.ReadAsync(second);

        Assert.Equal((HttpStatusCode.PreconditionFailed, "urn:escapement:problem:changed-meanwhile"), (second.StatusCode, (string?)problem["type"]));
        Assert.Equal(["cron"], problem["changed"]!.AsArray().Select(f => (string?)f));
        Assert.Equal("0 10 * * *", (string?)problem["current"]!["cron"]);
        Assert.Equal("0 10 * * *", (string?)(await server.GetAsync(path))["cron"]);
        using var third = await PatchAsync(server, path, $"\"{problem["current"]!["etag"]}\"", new { cron = "0 11 * * *" });
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
        Assert.Equal(third.Headers.ETag!.Tag, $"\"{(await RunningServer.ReadAsync(third))["etag"]}\"");
    }

    [Fact]
    public async Task Update_ManyAtOnceOfTheSame_IsDoneOnce()
    {
        await using var server = await RunningServer.StartAsync(o => o.Roles = ApiAlone);
        var install = await server.InstallAsync();
        var path = $"{install}/schedules/{(await server.CreateAsync(install, "daily"))["id"]}";
        var seen = await TagAsync(server, path);

        var answers = await Task.WhenAll(Enumerable.Range(1, 12).Select(hour => PatchAsync(server, path, seen, new { cron = $"0 {hour + 9} * * *" })));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.OK);
        Assert.Equal(11, answers.Count(a => a.StatusCode == HttpStatusCode.PreconditionFailed));
        Assert.Equal(2, (int)(await server.GetAsync(path))["revision"]!);
    }

    [Theory]
    [InlineData("*", HttpStatusCode.OK)]
    [InlineData("\"nothing\", {0}", HttpStatusCode.OK)]
    [InlineData("\"nothing\"", HttpStatusCode.PreconditionFailed)]
    [InlineData("W/{0}", HttpStatusCode.PreconditionFailed)]
    [InlineData("nothing", HttpStatusCode.BadRequest)]
    public async Task Update_HeaderInEveryForm_IsReadAsHttpHasIt(string form, HttpStatusCode status)
    {
        await using var server = await RunningServer.StartAsync(o => o.Roles = ApiAlone);
        var install = await server.InstallAsync();
        var path = $"{install}/schedules/{(await server.CreateAsync(install, "daily"))["id"]}";
        var header = form.Replace("{0}", await TagAsync(server, path), StringComparison.Ordinal);
        using var answer = await PatchAsync(server, path, header, new { cron = "0 10 * * *" });
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Tag_RunsAndChanges_ChangesWithTheLatterAlone()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        var created = await server.CreateAsync(install, "daily");
        var path = $"{install}/schedules/{created["id"]}";
        using var queued = await server.Client.PostAsync($"{path}/run-now", null);
        await server.RecordedAsync();
        Assert.NotNull((await server.GetAsync(path))["lastRunAt"]);
        Assert.Equal($"\"{created["etag"]}\"", await TagAsync(server, path));

        var tags = new HashSet<string> { await TagAsync(server, path) };
        foreach (var body in (object[])
        [
            new { name = "other" }, new { payload = "{}" }, new { enabled = false }, new { timezone = "Europe/Berlin" }, new { endpoint = "GET /api/status" },
            new { policy = new { missed = "all" } }, new { policy = new { retry = new { maxAttempts = 2 } } }, new { policy = new { pauseAfterFailures = 3 } },
        ])
        {
            using var changed = await PatchAsync(server, path, "*", body);
            Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
            Assert.True(tags.Add(await TagAsync(server, path)), body.ToString());
        }

        foreach (var outer in (string[])["/api/v1", "/api/v1/tenants/t1", install])
        {
            var before = await TagAsync(server, path);
            using var held = await server.Client.PostAsJsonAsync($"{outer}/pause", new { note = "database move" });
            Assert.Equal(HttpStatusCode.OK, held.StatusCode);
            Assert.Equal(before, await TagAsync(server, path));
        }

        var unpaused = await TagAsync(server, path);
        using var paused = await server.Client.PostAsJsonAsync($"{path}/pause", new { note = "its own" });
        Assert.Equal(HttpStatusCode.OK, paused.StatusCode);
        Assert.True(tags.Add(await TagAsync(server, path)));
        using var resumed = await server.Client.PostAsync($"{path}/resume", null);
        Assert.Equal(HttpStatusCode.OK, resumed.StatusCode);
        Assert.Equal(unpaused, await TagAsync(server, path));
    }

    [Fact]
    public async Task DeleteAndResume_OfWhatWasNotSeen_AreRefused()
    {
        await using var server = await RunningServer.StartAsync(o => o.Roles = ApiAlone);
        var install = await server.InstallAsync();
        var path = $"{install}/schedules/{(await server.CreateAsync(install, "daily"))["id"]}";
        var seen = await TagAsync(server, path);
        using var renamed = await PatchAsync(server, path, seen, new { name = "other" });

        using var deleted = await SendAsync(server, HttpMethod.Delete, path, seen);
        Assert.Equal(HttpStatusCode.PreconditionFailed, deleted.StatusCode);
        Assert.Equal(["name"], ((JsonArray)(await RunningServer.ReadAsync(deleted))["changed"]!).Select(f => (string?)f));
        using var paused = await SendAsync(server, HttpMethod.Post, $"{path}/pause", seen, new { note = "its own" });
        Assert.Equal(HttpStatusCode.PreconditionFailed, paused.StatusCode);
        using var held = await SendAsync(server, HttpMethod.Post, $"{path}/pause", await TagAsync(server, path), new { note = "its own" });
        Assert.Equal(HttpStatusCode.OK, held.StatusCode);
        using var resumed = await SendAsync(server, HttpMethod.Post, $"{path}/resume", seen);
        Assert.Equal(["name", "pause"], ((JsonArray)(await RunningServer.ReadAsync(resumed))["changed"]!).Select(f => (string?)f));
        using var again = await SendAsync(server, HttpMethod.Delete, path, await TagAsync(server, path));
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
    }

    [Fact]
    public async Task Tag_OfAnInstall_ChangesWithItsOwnPauseAndNotWithThoseAbove()
    {
        await using var server = await RunningServer.StartAsync(o => o.Roles = ApiAlone);
        var install = await server.InstallAsync();
        var seen = await TagAsync(server, install);
        using var outer = await server.Client.PostAsJsonAsync("/api/v1/tenants/t1/pause", new { note = "database move" });
        Assert.Equal((HttpStatusCode.OK, seen), (outer.StatusCode, await TagAsync(server, install)));
        using var own = await server.Client.PostAsJsonAsync($"{install}/pause", new { note = "its own" });
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        using var grants = await PatchAsync(server, install, seen, new { capabilities = Array.Empty<string>() });
        Assert.Equal(HttpStatusCode.PreconditionFailed, grants.StatusCode);
        Assert.Equal(["pause"], (await RunningServer.ReadAsync(grants))["changed"]!.AsArray().Select(f => (string?)f));
        using var resumed = await server.Client.PostAsync($"{install}/resume", null);
        Assert.Equal((HttpStatusCode.NoContent, seen), (resumed.StatusCode, await TagAsync(server, install)));
    }

    [Fact]
    public async Task InstallAndToken_OfWhatWasNotSeen_AreLeftAsTheyAre()
    {
        await using var server = await RunningServer.StartAsync(o => o.Roles = ApiAlone);
        var install = await server.InstallAsync();
        var seen = await TagAsync(server, install);
        using var disabled = await SendAsync(server, HttpMethod.Post, $"{install}/disable", seen);
        Assert.Equal(HttpStatusCode.OK, disabled.StatusCode);
        foreach (var (method, path) in ((HttpMethod, string)[])[(HttpMethod.Post, $"{install}/enable"), (HttpMethod.Delete, install)])
        {
            using var refused = await SendAsync(server, method, path, seen);
            var problem = await RunningServer.ReadAsync(refused);
            Assert.Equal(HttpStatusCode.PreconditionFailed, refused.StatusCode);
            Assert.Equal(["enabled"], problem["changed"]!.AsArray().Select(f => (string?)f));
            Assert.False((bool)problem["current"]!["enabled"]!);
        }

        using var enabled = await SendAsync(server, HttpMethod.Post, $"{install}/enable", await TagAsync(server, install));
        Assert.Equal((HttpStatusCode.OK, seen), (enabled.StatusCode, enabled.Headers.ETag!.Tag));

        using var made = await server.Client.PostAsJsonAsync("/api/v1/tokens", new { name = "x", role = "viewer", tenants = new[] { "t1" } });
        var token = $"/api/v1/tokens/{(await RunningServer.ReadAsync(made))["id"]}";
        var tag = await TagAsync(server, token);
        using var rotated = await server.Client.PostAsJsonAsync($"{token}/rotate", new { });
        using var late = await SendAsync(server, HttpMethod.Delete, token, tag);
        Assert.Equal(["secret"], (await RunningServer.ReadAsync(late))["changed"]!.AsArray().Select(f => (string?)f));
        using var rotatedLate = await SendAsync(server, HttpMethod.Post, $"{token}/rotate", tag, new { });
        Assert.Equal(HttpStatusCode.PreconditionFailed, rotatedLate.StatusCode);
        using var gone = await SendAsync(server, HttpMethod.Delete, token, await TagAsync(server, token));
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
    }

    private static AspNetCore.EscapementRoles ApiAlone => AspNetCore.EscapementRoles.Api;

    private static async Task<string> TagAsync(RunningServer server, string path)
    {
        using var answer = await server.Client.GetAsync(path);
        return answer.Headers.ETag!.Tag;
    }

    private static async Task<HttpResponseMessage> PatchAsync(RunningServer server, string path, string ifMatch, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, path) { Content = JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await server.Client.SendAsync(request);
    }

    private static async Task<HttpResponseMessage> SendAsync(RunningServer server, HttpMethod method, string path, string ifMatch, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await server.Client.SendAsync(request);
    }
}
