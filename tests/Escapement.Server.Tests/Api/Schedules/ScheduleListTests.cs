using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Escapement.Server.Tests.Api.Schedules;

public sealed class ScheduleListTests
{
    [Fact]
    public async Task List_OfATenantAndOfAll_IsSortedFilteredAndPaged()
    {
        await using var server = await RunningServer.StartAsync(o => o.Roles = AspNetCore.EscapementRoles.Api);
        var (one, two) = (await server.InstallAsync("t1"), await server.InstallAsync("t2"));
        foreach (var (install, name) in ((string, string)[])[(one, "beta"), (one, "Alpha"), (two, "gamma"), (two, "Alphabet")])
        {
            await server.CreateAsync(install, name);
        }

        Assert.Equal("Alpha,beta", await NamesAsync(server, "/api/v1/tenants/t1/schedules?sort=name"));
        Assert.Equal("Alpha,Alphabet,beta,gamma", await NamesAsync(server, "/api/v1/schedules?sort=name&limit=1"));
        Assert.Equal("gamma,beta,Alphabet,Alpha", await NamesAsync(server, "/api/v1/schedules?sort=-name&limit=1"));
        Assert.Equal("beta,Alpha", await NamesAsync(server, "/api/v1/tenants/t1/schedules?sort=-name"));
        Assert.Equal("Alphabet,gamma,Alpha,beta", await NamesAsync(server, "/api/v1/schedules?sort=-created&limit=3"));
        Assert.Equal("Alpha,beta", await NamesAsync(server, "/api/v1/tenants/t1/schedules?sort=-created&limit=1"));
        Assert.Equal("beta,Alpha,gamma,Alphabet", await NamesAsync(server, "/api/v1/schedules?limit=3"));
        Assert.Equal("Alpha,Alphabet", await NamesAsync(server, "/api/v1/schedules?q=PHA&sort=name"));
        Assert.Equal("Alphabet", await NamesAsync(server, "/api/v1/tenants/t2/schedules?q=alpha"));
        Assert.Equal("beta,Alpha", await NamesAsync(server, $"{one}/schedules?sort=lastRun"));
        Assert.Equal("beta,Alpha", await NamesAsync(server, "/api/v1/tenants/t1/schedules?extension=com.acme.sync&sort=lastRun&limit=1"));
        Assert.Equal("beta,Alpha,gamma,Alphabet", await NamesAsync(server, "/api/v1/schedules?sort=failures&limit=1"));
        Assert.Equal("", await NamesAsync(server, "/api/v1/schedules?failing=true"));
        const string filters = "extension=com.acme.sync&endpoint=POST%20/api/sync&enabled=true&dueWithin=1440";
        Assert.Equal("beta,Alpha", await NamesAsync(server, $"/api/v1/tenants/t1/schedules?{filters}"));
        var item = (await server.GetAsync("/api/v1/schedules?q=gamma"))["items"]![0]!.AsObject();
        Assert.Equal(("t2", "com.acme.sync", false), ((string?)item["tenant"], (string?)item["extensionId"], item.ContainsKey("payload")));

        var tenants = (await server.GetAsync("/api/v1/tenants?limit=1"));
        Assert.Equal("""[{"tenant":"t1","installs":1,"schedules":2,"failingSchedules":0}]""", tenants["items"]!.ToJsonString());
        var rest = await server.GetAsync($"/api/v1/tenants?cursor={tenants["nextCursor"]}");
        Assert.Equal("t2", (string?)rest["items"]![0]!["tenant"]);
        Assert.False(rest.ContainsKey("nextCursor"));
    }

    [Fact]
    public async Task List_ByLastRun_ShowsTheLatestFirstAndWhatNeverRanLastThroughAllPages()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        var ids = new Dictionary<string, JsonNode>();
        foreach (var name in (string[])["a", "b", "c", "d"])
        {
            ids[name] = (await server.CreateAsync(install, name))["id"]!;
        }

        foreach (var name in (string[])["b", "d", "a"])
        {
            server.Sandbox.StartedAt = server.Sandbox.StartedAt.AddSeconds(1);
            using var queued = await server.Client.PostAsync($"{install}/schedules/{ids[name]}/run-now", null);
            Assert.Equal(HttpStatusCode.Accepted, queued.StatusCode);
            await server.RecordedAsync();
        }

        Assert.Equal("a,d,b,c", await NamesAsync(server, $"{install}/schedules?sort=lastRun&limit=1"));
        Assert.Equal("a,d,b,c", await NamesAsync(server, $"{install}/schedules?sort=lastRun"));
        Assert.Equal("c,b,d,a", await NamesAsync(server, $"{install}/schedules?sort=-lastRun&limit=1"));
    }

    [Fact]
    public async Task List_WhatCannotBeRead_IsRefusedByName()
    {
        (string Query, string Field)[] wrong =
        [
            ("sort=lastRun", "sort"),
            ("sort=Name", "sort"),
            ("sort=failures&cursor=BAUAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "cursor"),
            ("sort=failures&cursor=BAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "cursor"),
            ("q=", "q"),
            ("enabled=yes", "enabled"),
            ("dueWithin=0", "dueWithin"),
            ("dueWithin=527041", "dueWithin"),
            ("endpoint=sync", "endpoint"),
            ("limit=201", "limit"),
            ("cursor=x", "cursor"),
            ("cursor=AAAA", "cursor"),
            ("cursor=%00", "cursor"),
            ("cursor=AQEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "cursor"),
            ("cursor=AAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "cursor"),
            ("cursor=AAD__________wAAAAAAAAAAAAAAAAAAAAA", "cursor"),
            ("Paused", "Paused"),
            ("colour=red", "colour"),
            ("paused=node", "paused"),
        ];
        await using var server = await RunningServer.StartAsync(o => o.Roles = AspNetCore.EscapementRoles.Api);
        foreach (var (query, field) in wrong)
        {
            using var answer = await server.Client.GetAsync($"/api/v1/tenants/t1/schedules?{query}");
            Assert.Equal((query, HttpStatusCode.BadRequest), (query, answer.StatusCode));
            Assert.Equal([field], (await RunningServer.ReadAsync(answer))["errors"]!.AsObject().Select(e => e.Key), StringComparer.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task List_WithACursorOfAnotherTenantOrOrder_ShowsNothingOfTheOther()
    {
        await using var server = await RunningServer.StartAsync(o => o.Roles = AspNetCore.EscapementRoles.Api);
        var (one, two) = (await server.InstallAsync("t1"), await server.InstallAsync("t2"));
        foreach (var install in (string[])[one, two])
        {
            foreach (var name in (string[])["a", "b", "c"])
            {
                await server.CreateAsync(install, $"{install.Split('/')[4]} {name}");
            }
        }

        var cursor = (await server.GetAsync("/api/v1/tenants/t2/schedules?sort=name&limit=1"))["nextCursor"];
        Assert.DoesNotContain("t2", await NamesAsync(server, $"/api/v1/tenants/t1/schedules?sort=name&cursor={cursor}"), StringComparison.Ordinal);
        using var otherOrder = await server.Client.GetAsync($"/api/v1/tenants/t1/schedules?sort=next&cursor={cursor}");
        Assert.Equal(HttpStatusCode.BadRequest, otherOrder.StatusCode);

        using var made = await server.Client.PostAsJsonAsync("/api/v1/tokens", new { name = "x", role = "admin", tenants = new[] { "t1" } });
        var secret = (string?)(await RunningServer.ReadAsync(made))["secret"];
        foreach (var (path, status) in ((string, HttpStatusCode)[])
        [
            ("/api/v1/schedules", HttpStatusCode.Forbidden), ("/api/v1/tenants", HttpStatusCode.Forbidden), ("/api/v1/audit", HttpStatusCode.Forbidden),
            ($"/api/v1/tenants/t2/schedules?sort=name&cursor={cursor}", HttpStatusCode.NotFound),
        ])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
            using var answer = await server.Client.SendAsync(request);
            Assert.Equal((path, status), (path, answer.StatusCode));
        }
    }

    [Fact]
    public async Task List_WithOutcomes_ShowsTheLastRunsOfEach()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        var schedule = (string)(await server.CreateAsync(install, "daily"))["id"]!;
        await server.CreateAsync(install, "idle");
        using var queued = await server.Client.PostAsync($"{install}/schedules/{schedule}/run-now", null);
        var run = (string)(await RunningServer.ReadAsync(queued))["id"]!;
        await server.RecordedAsync();

        foreach (var path in (string[])["/api/v1/schedules", "/api/v1/tenants/t1/schedules", $"{install}/schedules"])
        {
            var items = (await server.GetAsync($"{path}?sort=name&outcomes=20"))["items"]!.AsArray();
            var outcome = Assert.Single(items[0]!["outcomes"]!.AsArray())!;
            Assert.Equal((run, "succeeded"), ((string?)outcome["runId"], (string?)outcome["state"]));
            Assert.True((long?)outcome["durationMs"] >= 0);
            Assert.Empty(items[1]!["outcomes"]!.AsArray());
            Assert.Null((await server.GetAsync(path))["items"]![0]!["outcomes"]);
            foreach (var wrong in (string[])["outcomes=21", "outcomes=0", "outcomes=5&limit=51"])
            {
                using var refused = await server.Client.GetAsync($"{path}?{wrong}");
                Assert.Equal((wrong, HttpStatusCode.BadRequest), (wrong, refused.StatusCode));
            }
        }
    }

    // All pages.
    private static async Task<string> NamesAsync(RunningServer server, string path)
    {
        var names = new List<string?>();
        for (JsonNode? cursor = null; ;)
        {
            var page = await server.GetAsync(cursor is null ? path : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}cursor={cursor}");
            names.AddRange(page["items"]!.AsArray().Select(i => (string?)i!["name"]));
            if (page["nextCursor"] is not { } next)
            {
                return string.Join(',', names);
            }

            cursor = next;
        }
    }
}
