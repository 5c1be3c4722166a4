using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Escapement.Sandbox;

namespace Escapement.Server.Tests.Api;

public sealed partial class ScheduleTests
{
    [Fact]
    public async Task Schedule_CreatedChangedDeleted_IsSeenSo()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        var created = await server.CreateAsync(install, "daily");
        var path = $"{install}/schedules/{created["id"]}";
        Assert.Matches(Timestamp(), (string?)created["nextDueAt"]);
        Assert.Equal(1, (long?)created["revision"]);

        using (var changed = await server.Client.PatchAsJsonAsync(path, new { timezone = "america/new_york", name = "", payload = "{ \"a\":1 }" }))
        {
            Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        }

        var now = await server.GetAsync(path);
        Assert.Equal("America/New_York", (string?)now["timezone"]);
        Assert.Equal("{ \"a\":1 }", (string?)now["payload"]);
        Assert.Equal("0 9 * * *", (string?)now["cron"]);
        Assert.False(now.ContainsKey("name"));

        using var deleted = await server.Client.DeleteAsync(path);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        using var gone = await server.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task RunNow_WhileARunIsOpen_Answers409WithItsId()
    {
        await using var server = await RunningServer.StartAsync();
        var answer = new TaskCompletionSource<InvocationResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Sandbox.Answer = (_, _) => answer.Task;
        var install = await server.InstallAsync();
        var path = $"{install}/schedules/{(await server.CreateAsync(install, "daily"))["id"]}";

        using var first = await server.Client.PostAsync($"{path}/run-now", null);
        using var second = await server.Client.PostAsync($"{path}/run-now", null);
        answer.SetResult(new InvocationResult.Responded(new HandlerResponse(503, [], null)));
        await server.RecordedAsync();

        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        var run = await RunningServer.ReadAsync(first);
        Assert.Equal((string?)run["id"], (string?)(await RunningServer.ReadAsync(second))["runId"]);
        var ended = await server.GetAsync(first.Headers.Location!.ToString());
        Assert.Equal("failed", (string?)ended["state"]);
        Assert.Equal((null, "1.0.0"), ((string?)run["version"], (string?)ended["version"]));
        Assert.True(Guid.TryParse((string?)ended["versionId"], out _));
        Assert.Equal("1.0.0", (string?)Assert.Single((await server.GetAsync($"{path}/runs"))["items"]!.AsArray())!["version"]);
        Assert.Equal("error-status", (string?)ended["reason"]);
        Assert.Equal("first-token", (string?)ended["requestedBy"]);
        Assert.Contains("503", (string?)ended["explanation"], StringComparison.Ordinal);
        Assert.Equal("error", (string?)(await server.GetAsync(path))["lastRunStatus"]);
    }

    [Fact]
    public async Task RunNow_InstallDisabled_Answers409()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        var path = $"{install}/schedules/{(await server.CreateAsync(install, "daily"))["id"]}";
        using var disabled = await server.Client.PostAsync($"{install}/disable", null);
        using var answer = await server.Client.PostAsync($"{path}/run-now", null);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.False((await server.GetAsync(path)).ContainsKey("nextDueAt"));
    }

    [Fact]
    public async Task Runs_MoreThanAPage_AreAllListedOnce()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        var path = $"{install}/schedules/{(await server.CreateAsync(install, "daily"))["id"]}";
        var made = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            using var queued = await server.Client.PostAsync($"{path}/run-now", null);
            made.Add((string)(await RunningServer.ReadAsync(queued))["id"]!);
            await server.RecordedAsync();
        }

        Assert.Equal(Enumerable.Reverse(made), await AllAsync(server, "/api/v1/tenants/t1/runs?limit=2&state=succeeded"));
        Assert.Equal(Enumerable.Reverse(made), await AllAsync(server, $"{path}/runs?limit=3"));
        Assert.Equal(7, (await AllAsync(server, "/api/v1/tenants/t1/audit?limit=2")).Distinct().Count());
    }

    [Fact]
    public async Task OtherTenantsIds_AreNotFound()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync("t1");
        var other = await server.InstallAsync("t2");
        var id = (await server.CreateAsync(install, "daily"))["id"];
        using var queued = await server.Client.PostAsync($"{install}/schedules/{id}/run-now", null);
        var run = (await RunningServer.ReadAsync(queued))["id"];
        await server.RecordedAsync();

        foreach (var path in new[]
        {
            install.Replace("t1", "t2", StringComparison.Ordinal), $"{other}/schedules/{id}", $"{install.Replace("t1", "t2", StringComparison.Ordinal)}/schedules/{id}", $"/api/v1/tenants/t2/runs/{run}",
        })
        {
            using var answer = await server.Client.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        using var deleted = await server.Client.DeleteAsync($"{other}/schedules/{id}");
        Assert.Equal(HttpStatusCode.NotFound, deleted.StatusCode);
        Assert.Empty((await server.GetAsync($"{other}/schedules/{id}/runs"))["items"]!.AsArray());
        await server.GetAsync($"{install}/schedules/{id}");
    }

    [Fact]
    public async Task Runs_OfAScheduleWhoseInstallIsGone_AreFoundByItsId()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync("t1");
        var (id, otherId) = ((await server.CreateAsync(install, "daily"))["id"], (await server.CreateAsync(install, "other"))["id"]);
        foreach (var each in new[] { id, otherId })
        {
            using var queued = await server.Client.PostAsync($"{install}/schedules/{each}/run-now", null);
            Assert.Equal(HttpStatusCode.Accepted, queued.StatusCode);
            await server.RecordedAsync();
        }

        using var removed = await server.Client.DeleteAsync(install);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);

        var runs = (await server.GetAsync($"/api/v1/tenants/t1/runs?scheduleId={id}"))["items"]!.AsArray();
        Assert.Equal((string?)id, (string?)Assert.Single(runs)!["scheduleId"]);
        Assert.Empty((await server.GetAsync($"/api/v1/tenants/t2/runs?scheduleId={id}"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Install_Twice_Answers409AndUninstalledIsGone()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        using var again = await server.Client.PostAsJsonAsync("/api/v1/tenants/t1/installs", new { extensionId = RunningServer.Extension });
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal(["cap:log.emit"], (await server.GetAsync(install))["capabilities"]!.AsArray().Select(c => (string?)c));
        using var removed = await server.Client.DeleteAsync(install);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        using var gone = await server.Client.GetAsync(install);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    private static async Task<List<string>> AllAsync(RunningServer server, string path)
    {
        var ids = new List<string>();
        for (string? cursor = null; ;)
        {
            var page = await server.GetAsync(cursor is null ? path : $"{path}&cursor={cursor}");
            ids.AddRange(page["items"]!.AsArray().Select(r => (string)r!["id"]!));
            cursor = (string?)page["nextCursor"];
            if (cursor is null)
            {
                return ids;
            }
        }
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")]
    private static partial Regex Timestamp();
}
