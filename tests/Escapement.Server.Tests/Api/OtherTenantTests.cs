using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Escapement.AspNetCore;
using Escapement.AspNetCore.Api;

namespace Escapement.Server.Tests.Api;

/// <summary>An admin of one tenant tries the ids, cursors, previews and keys of another, wherever a request can hold one but the path.</summary>
public sealed class OtherTenantTests
{
    [Fact]
    public async Task Body_WithAScheduleOfAnother_IsAsUnknownAsNone()
    {
        await using var server = await StartAsync();
        var (own, other) = (await server.InstallAsync("t1"), await server.InstallAsync("t2"));
        var schedule = (string)(await server.CreateAsync(other, "secret"))["id"]!;
        var admin = await TokenAsync(server, "t1");
        var asked = new { scheduleId = schedule, cron = "0 9 * * *" };
        using var theirs = await SendAsync(server, admin, HttpMethod.Post, $"{own}/schedules/preview", asked);
        using var none = await SendAsync(
            server, admin, HttpMethod.Post, $"{own}/schedules/preview", new { scheduleId = Guid.CreateVersion7().ToString(), cron = "0 9 * * *" });
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (theirs.StatusCode, none.StatusCode));
        Assert.Equal(await none.Content.ReadAsStringAsync(), await theirs.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Filter_WithIdsOfAnother_FindsNothing()
    {
        await using var server = await RunningServer.StartAsync();
        var (own, other) = (await server.InstallAsync("t1"), await server.InstallAsync("t2"));
        var schedule = await RunAsync(server, other);
        await RunAsync(server, own);
        var admin = await TokenAsync(server, "t1");

        foreach (var filter in (string[])[$"scheduleId={schedule}", $"installId={other.Split('/')[^1]}"])
        {
            Assert.Empty(await ItemsAsync(server, admin, $"/api/v1/tenants/t1/runs?{filter}"));
            Assert.Single(await ItemsAsync(server, server.Token!, $"/api/v1/tenants/t2/runs?{filter}"));
        }

        foreach (var filter in (string[])[$"target={schedule}", $"installId={other.Split('/')[^1]}", $"q={schedule}"])
        {
            Assert.Empty(await ItemsAsync(server, admin, $"/api/v1/tenants/t1/audit?{filter}"));
            Assert.NotEmpty(await ItemsAsync(server, server.Token!, $"/api/v1/tenants/t2/audit?{filter}"));
        }

        Assert.Empty(await ItemsAsync(server, admin, "/api/v1/tenants/t1/schedules?q=of%20t2"));
        Assert.Single(await ItemsAsync(server, server.Token!, "/api/v1/tenants/t2/schedules?q=of%20t2"));
    }

    [Fact]
    public async Task Cursor_OfAnother_IsAPlaceAndNoTenant()
    {
        await using var server = await RunningServer.StartAsync();
        var (own, other) = (await server.InstallAsync("t1"), await server.InstallAsync("t2"));
        for (var i = 0; i < 2; i++)
        {
            await RunAsync(server, own);
            await RunAsync(server, other);
        }

        var admin = await TokenAsync(server, "t1");
        foreach (var list in (string[])["runs", "audit", "schedules", "runs?state=succeeded", "audit?action=schedule"])
        {
            var query = $"{list}{(list.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=1";
            var cursor = (await server.GetAsync($"/api/v1/tenants/t2/{query}"))["nextCursor"];
            var shown = await ItemsAsync(server, admin, $"/api/v1/tenants/t1/{query.Replace("limit=1", "limit=50", StringComparison.Ordinal)}&cursor={cursor}");
            Assert.All(shown, i => Assert.NotEqual("t2", (string?)i!["tenant"]));
            Assert.DoesNotContain(shown, i => i!.ToJsonString().Contains(other.Split('/')[^1], StringComparison.Ordinal));
        }
    }

    // Of tokens, which lie in no tenant's path, and of the audit with the filter of an install.
    [Fact]
    public async Task Cursor_MadeByAnother_ShowsOnesOwnAlone()
    {
        await using var server = await StartAsync();
        var (own, other) = (await server.InstallAsync("t1"), await server.InstallAsync("t2"));
        var (admin, theirs) = (await TokenAsync(server, "t1"), await TokenAsync(server, "t2"));
        await TokenAsync(server, "t2");
        async Task<string> TheirCursorAsync(string path)
        {
            using var answer = await SendAsync(server, theirs, HttpMethod.Get, $"{path}limit=1", body: null);
            return (string)(await RunningServer.ReadAsync(answer))["nextCursor"]!;
        }

        var tokens = await ItemsAsync(server, admin, $"/api/v1/tokens?cursor={await TheirCursorAsync("/api/v1/tokens?")}");
        Assert.Equal(["t1"], Assert.Single(tokens)!["tenants"]!.AsArray().Select(t => (string)t!));

        for (var i = 0; i < 2; i++)
        {
            await server.CreateAsync(own, $"own {i}");
            await server.CreateAsync(other, $"theirs {i}");
        }

        var filter = $"installId={other.Split('/')[^1]}";
        var cursor = await TheirCursorAsync($"/api/v1/tenants/t2/audit?{filter}&");
        Assert.Empty(await ItemsAsync(server, admin, $"/api/v1/tenants/t1/audit?{filter}&cursor={cursor}"));
        Assert.NotEmpty(await ItemsAsync(server, theirs, $"/api/v1/tenants/t2/audit?{filter}&cursor={cursor}"));
        var mine = await ItemsAsync(server, admin, $"/api/v1/tenants/t1/audit?installId={own.Split('/')[^1]}&cursor={cursor}");
        Assert.NotEmpty(mine);
        Assert.DoesNotContain(mine, e => e!.ToJsonString().Contains(other.Split('/')[^1], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Preview_OfAnotherTenantOrCaller_IsUnknownAndStaysGood()
    {
        await using var server = await StartAsync();
        var (own, other) = (await server.InstallAsync("t1"), await server.InstallAsync("t2"));
        await PublishAsync(server);
        var (admin, colleague) = (await TokenAsync(server, "t1", "t2"), await TokenAsync(server, "t2"));
        using var shown = await SendAsync(server, admin, HttpMethod.Post, $"{other}/upgrade/preview", new { version = "2.0.0" });
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        var previewToken = (string)(await RunningServer.ReadAsync(shown))["token"]!;

        foreach (var (caller, path) in ((string, string)[])[(admin, $"{own}/upgrade"), (colleague, $"{other}/upgrade"), (admin, $"{other}/rollback")])
        {
            using var refused = await SendAsync(server, caller, HttpMethod.Post, path, new { previewToken, capabilities = Array.Empty<string>() });
            Assert.Equal((path, HttpStatusCode.NotFound), (path, refused.StatusCode));
        }

        using var done = await SendAsync(server, admin, HttpMethod.Post, $"{other}/upgrade", new { previewToken, capabilities = Array.Empty<string>() });
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        Assert.Equal("1.0.0", (string?)(await server.GetAsync(own))["version"]);
    }

    [Fact]
    public async Task Key_OfAnotherTenantOrCaller_GetsNoAnswerOfTheirs()
    {
        await using var server = await StartAsync();
        var (own, other) = (await server.InstallAsync("t1"), await server.InstallAsync("t2"));
        var (admin, theirs) = (await TokenAsync(server, "t1"), await TokenAsync(server, "t2"));
        var pause = new { note = "database move" };
        foreach (var (caller, install) in ((string, string)[])[(theirs, other), (admin, own)])
        {
            using var answer = await SendAsync(server, caller, HttpMethod.Post, $"{install}/pause", pause, "key-1");
            Assert.Equal((HttpStatusCode.OK, false), (answer.StatusCode, answer.Headers.Contains(Repeating.ReplayedHeader)));
        }

        // What was kept for them is behind their own door.
        using var reached = await SendAsync(server, admin, HttpMethod.Post, $"{other}/pause", pause, "key-1");
        Assert.Equal((HttpStatusCode.NotFound, false), (reached.StatusCode, reached.Headers.Contains(Repeating.ReplayedHeader)));
    }

    private static Task<RunningServer> StartAsync() => RunningServer.StartAsync(o => o.Roles = EscapementRoles.Api);

    private static async Task<string> RunAsync(RunningServer server, string install)
    {
        var tenant = install.Split('/')[4];
        var schedule = (string)(await server.CreateAsync(install, $"{Guid.NewGuid()}"))["id"]!;
        using var named = await server.Client.PatchAsJsonAsync($"{install}/schedules/{schedule}", new { name = $"{schedule[^6..]} of {tenant}" });
        Assert.Equal(HttpStatusCode.OK, named.StatusCode);
        using var queued = await server.Client.PostAsync($"{install}/schedules/{schedule}/run-now", null);
        Assert.Equal(HttpStatusCode.Accepted, queued.StatusCode);
        await server.RecordedAsync();
        return schedule;
    }

    private static async Task PublishAsync(RunningServer server) => await server.PublishAsync("2.0.0", ["POST /api/sync"]);

    private static async Task<JsonArray> ItemsAsync(RunningServer server, string token, string path)
    {
        using var answer = await SendAsync(server, token, HttpMethod.Get, path, body: null);
        Assert.Equal((path, HttpStatusCode.OK), (path, answer.StatusCode));
        return (await RunningServer.ReadAsync(answer))["items"]!.AsArray();
    }

    private static async Task<HttpResponseMessage> SendAsync(
        RunningServer server, string token, HttpMethod method, string path, object? body, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (key is not null)
        {
            request.Headers.Add(Repeating.Header, key);
        }

        return await server.Client.SendAsync(request);
    }

    private static async Task<string> TokenAsync(RunningServer server, params string[] tenants)
    {
        using var made = await server.Client.PostAsJsonAsync("/api/v1/tokens", new { name = $"admin of {string.Join(' ', tenants)}", role = "admin", tenants });
        return (string)(await RunningServer.ReadAsync(made))["secret"]!;
    }
}
