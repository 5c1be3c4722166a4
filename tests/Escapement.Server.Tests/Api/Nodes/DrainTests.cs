using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Escapement.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.Server.Tests.Api.Nodes;

public sealed class DrainTests
{
    [Fact]
    public async Task Drain_ThenResume_ShowsWhoAndWhyHoldsWhatComesAndLeavesEntries()
    {
        await using var server = await RunningServer.StartAsync();
        var node = await OnlyNodeAsync(server);
        var path = $"/api/v1/nodes/{node["id"]}";

        var preview = await DoneAsync(server, $"{path}/drain/preview", null);
        Assert.Equal((0, true), (preview["others"]!.AsArray().Count, (bool)preview["leavesNone"]!));

        var drained = await DoneAsync(server, $"{path}/drain", new { note = "  new disk " });

        Assert.Equal("draining", (string?)drained["state"]);
        var shown = await OnlyNodeAsync(server);
        Assert.Equal(("draining", "first-token", "new disk"), Told(shown));
        Assert.NotNull(shown["drained"]!["heardAt"]);
        Assert.Null(shown["drainingSince"]);
        Assert.True(server.Services.GetRequiredService<NodeIntake>().IsClosed);
        var ready = await server.ReadyAsync();
        Assert.Equal(("ready", "ok"), ((string?)ready["status"], (string?)ready["checks"]!["firing"]));
        await RefusedAsync(server, $"{path}/drain", new { note = "again" }, HttpStatusCode.Conflict, "already-drained");
        await RefusedAsync(server, $"{path}/drain/preview", null, HttpStatusCode.Conflict, "already-drained");

        Assert.Equal("up", (string?)(await DoneAsync(server, $"{path}/resume", null))["state"]);

        Assert.Null((await OnlyNodeAsync(server))["drained"]);
        Assert.False(server.Services.GetRequiredService<NodeIntake>().IsClosed);
        await RefusedAsync(server, $"{path}/resume", null, HttpStatusCode.Conflict, "not-drained");
        var entries = (await server.GetAsync("/api/v1/audit"))["items"]!.AsArray()
            .Where(e => ((string)e!["action"]!).StartsWith("node.", StringComparison.Ordinal) && (string?)e["outcome"] == "done");
        Assert.Equal(["node.resume", "node.drain"], entries.Select(e => (string?)e!["action"]));
        Assert.All(entries, e => Assert.Equal((string?)node["id"], (string?)e!["target"]));
        Assert.All(entries, e => Assert.Equal((string?)node["name"], (string?)e!["names"]![(string)node["id"]!]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public async Task Drain_WithoutANote_Answers422(string? note)
    {
        await using var server = await RunningServer.StartAsync();

        var path = $"/api/v1/nodes/{(await OnlyNodeAsync(server))["id"]}/drain";
        var problem = await RefusedAsync(server, path, new { note }, HttpStatusCode.UnprocessableEntity, "validation-failed");

        Assert.Equal("note", Assert.Single(problem["errors"]!.AsObject()).Key);
    }

    [Theory]
    [InlineData("00000000-0000-7000-8000-000000000000")]
    [InlineData("node")]
    public async Task Drain_UnknownNode_Answers404(string id)
    {
        await using var server = await RunningServer.StartAsync();

        await RefusedAsync(server, $"/api/v1/nodes/{id}/drain", new { note = "new disk" }, HttpStatusCode.NotFound, "not-found");
        await RefusedAsync(server, $"/api/v1/nodes/{id}/drain/preview", null, HttpStatusCode.NotFound, "not-found");
        await RefusedAsync(server, $"/api/v1/nodes/{id}/resume", null, HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [InlineData(true, 4, "node-stopped")]
    [InlineData(false, 0, "node-takes-no-work")]
    public async Task Drain_WhatCannotBe_Answers409AndSaysWhatToDo(bool ended, int slots, string type)
    {
        await using var server = await RunningServer.StartAsync();
        var now = TimeProvider.System.GetUtcNow();
        var other = new HostNode
        {
            Id = Ids.Next(TimeProvider.System), Name = "other", Slots = slots, Version = "1.0.0", StartedAt = now, SeenAt = now, EndedAt = ended ? now : null,
        };
        await server.Services.GetRequiredService<INodeStore>().BeatAsync(other, now.AddSeconds(-30));

        var problem = await RefusedAsync(server, $"/api/v1/nodes/{other.Id}/drain", new { note = "new disk" }, HttpStatusCode.Conflict, type);

        Assert.Contains(ended ? "started again" : "can be stopped", (string?)problem["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task DrainPreview_WithAnotherNode_NamesIt()
    {
        await using var server = await RunningServer.StartAsync();
        var node = await OnlyNodeAsync(server);
        var now = TimeProvider.System.GetUtcNow();
        var other = new HostNode { Id = Ids.Next(TimeProvider.System), Name = "other", Slots = 1, Version = "1.0.0", StartedAt = now, SeenAt = now };
        await server.Services.GetRequiredService<INodeStore>().BeatAsync(other, now.AddSeconds(-30));

        var preview = await DoneAsync(server, $"/api/v1/nodes/{node["id"]}/drain/preview", null);

        Assert.Equal("other", (string?)Assert.Single(preview["others"]!.AsArray()));
        Assert.False((bool)preview["leavesNone"]!);
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("viewer")]
    public async Task Drain_ByOthersThanOperators_Answers403(string role)
    {
        await using var server = await RunningServer.StartAsync();
        var id = (await OnlyNodeAsync(server))["id"];
        using var made = await server.Client.PostAsJsonAsync("/api/v1/tokens", new { name = role, role, tenants = new[] { "*" } });
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync());
        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string?)(await RunningServer.ReadAsync(made))["secret"]);

        await RefusedAsync(server, $"/api/v1/nodes/{id}/drain", new { note = "new disk" }, HttpStatusCode.Forbidden, "forbidden");
        await RefusedAsync(server, $"/api/v1/nodes/{id}/resume", null, HttpStatusCode.Forbidden, "forbidden");
        Assert.Equal("up", (string?)(await OnlyNodeAsync(server))["state"]);
    }

    private static (string? State, string? By, string? Note) Told(JsonObject node) =>
        ((string?)node["state"], (string?)node["drained"]!["by"], (string?)node["drained"]!["note"]);

    private static async Task<JsonObject> OnlyNodeAsync(RunningServer server) =>
        Assert.Single((await server.GetAsync("/api/v1/nodes"))["items"]!.AsArray())!.AsObject();

    private static async Task<JsonObject> DoneAsync(RunningServer server, string path, object? body)
    {
        using var answer = await PostAsync(server, path, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await RunningServer.ReadAsync(answer);
    }

    private static async Task<JsonObject> RefusedAsync(RunningServer server, string path, object? body, HttpStatusCode status, string type)
    {
        using var answer = await PostAsync(server, path, body);
        var problem = await RunningServer.ReadAsync(answer);
        Assert.Equal((status, $"urn:escapement:problem:{type}"), (answer.StatusCode, (string?)problem["type"]));
        return problem;
    }

    private static Task<HttpResponseMessage> PostAsync(RunningServer server, string path, object? body) =>
        body is null ? server.Client.PostAsync(path, null) : server.Client.PostAsJsonAsync(path, body);
}
