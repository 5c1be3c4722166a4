using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Escapement.Server.Tests.Api.Audit;

public sealed class AuditListTests
{
    [Fact]
    public async Task List_ByEveryFilter_AnswersThoseOnly()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        var schedule = (string)(await server.CreateAsync(install, "daily"))["id"]!;
        using var paused = await server.Client.PostAsJsonAsync($"{install}/schedules/{schedule}/pause", new { note = "database move" });
        Assert.Equal(HttpStatusCode.OK, paused.StatusCode);
        using var refused = await server.Client.PostAsync($"{install}/schedules/{Guid.CreateVersion7()}/run-now", null);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        async Task<string> Found(string query) =>
            string.Join(' ', (await ItemsAsync(server, $"/api/v1/tenants/t1/audit?{query}")).Reverse().Select(e => (string?)e!["action"]));

        const string All = "install.add schedule.create schedule.pause schedule.run-now";
        Assert.Equal(All, await Found("limit=50"));
        Assert.Equal("schedule.create schedule.pause", await Found($"target={schedule}"));
        Assert.Equal("schedule.run-now", await Found("outcome=refused,denied"));
        Assert.Equal("install.add schedule.pause", await Found("action=install,schedule.pause"));
        Assert.Equal("install.add schedule.create schedule.pause", await Found("changed=true"));
        Assert.Equal("schedule.pause", await Found("q=Database%20move"));
        Assert.Equal(All, await Found("actorKind=admin,host"));
        Assert.Equal("", await Found("actorKind=extension"));
        Assert.Equal("", await Found("actor=nobody"));
        var last = (await ItemsAsync(server, "/api/v1/tenants/t1/audit?limit=1"))[0]!;
        Assert.Equal(All, await Found($"actor={Uri.EscapeDataString((string)last["actor"]!["id"]!)}"));
        Assert.Equal(All, await Found($"installId={install.Split('/')[^1]}"));
        Assert.Equal("", await Found($"from={Uri.EscapeDataString("2100-01-01T00:00:00Z")}"));
        Assert.Contains((string)last["action"]!, await Found($"from={last["at"]}"), StringComparison.Ordinal);
        Assert.DoesNotContain((string)last["action"]!, await Found($"to={last["at"]}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OfSchedulesInstallsAndVersions_SaysWhatTheyAreCalled()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        var schedule = (string)(await server.CreateAsync(install, "daily"))["id"]!;
        await server.PublishAsync("2.0.0", ["POST /api/sync"]);
        var preview = await PostAsync($"{install}/upgrade/preview", new { version = "2.0.0" });
        await PostAsync($"{install}/upgrade", new { previewToken = (string?)preview["token"] });

        foreach (var path in (string[])["/api/v1/tenants/t1/audit", "/api/v1/audit?allTenants=true"])
        {
            var entries = await ItemsAsync(server, path);
            JsonNode Named(string action) => entries.First(e => (string?)e!["action"] == action)!;
            Assert.Equal("daily", (string?)Named("schedule.create")["names"]![schedule]);
            Assert.Equal(RunningServer.Extension, (string?)Named("schedule.create")["names"]![install.Split('/')[^1]]);
            var upgrade = Named("install.upgrade");
            var version = upgrade["changes"]!.AsArray().Single(c => (string?)c!["field"] == "version")!;
            Assert.Equal($"{RunningServer.Extension} 1.0.0", (string?)upgrade["names"]![(string)version["before"]!]);
            Assert.Equal($"{RunningServer.Extension} 2.0.0", (string?)upgrade["names"]![(string)version["after"]!]);
            var alone = await server.GetAsync($"/api/v1/tenants/t1/audit/{upgrade["id"]}");
            Assert.Equal(upgrade["names"]!.ToJsonString(), alone["names"]!.ToJsonString());
        }

        var published = (await ItemsAsync(server, "/api/v1/audit")).First(e => (string?)e!["action"] == "version.publish")!;
        Assert.Equal($"{RunningServer.Extension} 2.0.0", (string?)published["names"]![(string)published["target"]!]);

        async Task<JsonObject> PostAsync(string path, object body)
        {
            using var answer = await server.Client.PostAsJsonAsync(path, body);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return await RunningServer.ReadAsync(answer);
        }
    }

    [Theory]
    [InlineData("actorKind=robot", "actorKind")]
    [InlineData("action=Pause!", "action")]
    [InlineData("action=a.b.c", "action")]
    [InlineData("outcome=odd", "outcome")]
    [InlineData("changed=maybe", "changed")]
    [InlineData("from=yesterday", "from")]
    [InlineData("q=", "q")]
    [InlineData("cursor=odd", "cursor")]
    public async Task List_WrongFilter_IsRefusedByName(string query, string name)
    {
        await using var server = await RunningServer.StartAsync();
        foreach (var path in (string[])["/api/v1/tenants/t1/audit", "/api/v1/audit"])
        {
            using var answer = await server.Client.GetAsync($"{path}?{query}");
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains(name, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task List_OfAllTenants_SaysWhoseEachIs()
    {
        await using var server = await RunningServer.StartAsync();
        await server.InstallAsync("t1");
        await server.InstallAsync("t2");

        Assert.Equal(["t2", "t1"], (await ItemsAsync(server, "/api/v1/audit?allTenants=true&action=install.add")).Select(e => (string?)e!["tenant"]));
        Assert.Empty(await ItemsAsync(server, "/api/v1/audit?action=install.add"));
        Assert.All(await ItemsAsync(server, "/api/v1/audit"), e => Assert.Null(e!["tenant"]));
    }

    [Fact]
    public async Task Get_AnEntry_IsThatOfTheTenantOnly()
    {
        await using var server = await RunningServer.StartAsync();
        await server.InstallAsync("t1");
        var entry = (await ItemsAsync(server, "/api/v1/tenants/t1/audit"))[0]!;
        var ofNone = (await ItemsAsync(server, "/api/v1/audit"))[0]!;

        Assert.True(JsonNode.DeepEquals(entry, await server.GetAsync($"/api/v1/tenants/t1/audit/{entry["id"]}")));
        Assert.True(JsonNode.DeepEquals(ofNone, await server.GetAsync($"/api/v1/audit/{ofNone["id"]}")));
        foreach (var path in (string[])[$"tenants/t2/audit/{entry["id"]}", $"audit/{entry["id"]}", $"tenants/t1/audit/{ofNone["id"]}", "audit/odd"])
        {
            using var unknown = await server.Client.GetAsync($"/api/v1/{path}");
            Assert.Equal((path, HttpStatusCode.NotFound), (path, unknown.StatusCode));
        }
    }

    private static async Task<JsonArray> ItemsAsync(RunningServer server, string path) => (await server.GetAsync(path))["items"]!.AsArray();
}
