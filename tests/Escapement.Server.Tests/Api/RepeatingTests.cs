using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Escapement.Access;
using Escapement.AspNetCore;
using Escapement.AspNetCore.Access;
using Escapement.AspNetCore.Api;
using Escapement.Bulk;
using Escapement.Firing;
using Escapement.Firing.Ending;
using Escapement.Repeats;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Server.Tests.Api;

public sealed class RepeatingTests
{
    private const string Cron = "0 9 * * *";

    // Makes nothing, or makes what is there already: sent again, it changes nothing.
    private static readonly string[] MakeNothing =
    [
        "POST /api/v1/resume", "POST /api/v1/resume/preview", "POST /api/v1/tenants/{tenant}/resume", "POST /api/v1/tenants/{tenant}/resume/preview",
        "POST /api/v1/audit/{auditId}/undo/preview", "POST /api/v1/nodes/{nodeId}/drain/preview",
        .. from route in (string[])
           ["audit/{auditId}/undo/preview", "schedules/bulk/preview", "bulk-changes/{bulkId}/cancel", "bulk-changes/{bulkId}/undo/preview"]
           select $"POST /api/v1/tenants/{{tenant}}/{route}",
        .. from route in (string[])
           [
               "enable", "disable", "resume", "resume/preview", "upgrade/preview", "rollback/preview", "schedules/preview",
               "schedules/{scheduleId}/resume", "schedules/{scheduleId}/resume/preview", "schedules/{scheduleId}/backfill/preview",
               "schedules/{scheduleId}/backfill/pause", "schedules/{scheduleId}/backfill/resume",
           ]
           select $"POST /api/v1/tenants/{{tenant}}/installs/{{installId}}/{route}",
    ];

    // Of bundles the very bytes are the key; a session is the browser's own, and a code that begins one is a secret, which no answer is kept with.
    private static readonly string[] KeyOfTheirOwn = ["POST /api/v1/extensions", "POST /api/v1/session", "POST /api/v1/session/code"];

    [Fact]
    public async Task EveryPost_ThatMakesSomething_TakesAKey()
    {
        await using var server = await RunningServer.StartAsync();
        var routes = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(e => (Route: e, Pattern: "/" + e.RoutePattern.RawText!.Trim('/')))
            .Where(e => e.Route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true)
            .Where(e => e.Pattern.StartsWith("/api/v1", StringComparison.Ordinal))
            .ToList();
        var without = routes.Where(e => e.Route.Metadata.GetMetadata<KeepsAnswers>() is null).Select(e => $"POST {e.Pattern}");
        Assert.Equal(MakeNothing.Concat(KeyOfTheirOwn).Order(), without.Order());
        Assert.NotEqual(MakeNothing.Length + KeyOfTheirOwn.Length, routes.Count);
    }

    [Fact]
    public async Task Create_SentAgain_MakesOneAndIsAnsweredAlike()
    {
        await using var server = await StartAsync();
        var path = $"{await server.InstallAsync()}/schedules";
        using var first = await SendAsync(server, path, "key-1", new { endpoint = "POST /api/sync", cron = Cron });
        using var again = await SendAsync(server, path, "key-1", new { endpoint = "POST /api/sync", cron = Cron });

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, again.StatusCode));
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal((false, true), (first.Headers.Contains(Repeating.ReplayedHeader), again.Headers.Contains(Repeating.ReplayedHeader)));
        Assert.Single((await server.GetAsync(path))["items"]!.AsArray());
    }

    [Fact]
    public async Task Create_KeyWithAnotherBody_IsRefused()
    {
        await using var server = await StartAsync();
        var path = $"{await server.InstallAsync()}/schedules";
        using var first = await SendAsync(server, path, "key-1", new { endpoint = "POST /api/sync", cron = Cron });
        using var other = await SendAsync(server, path, "key-1", new { endpoint = "POST /api/sync", cron = "0 10 * * *" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Equal("urn:escapement:problem:idempotency-key-taken", (string?)(await RunningServer.ReadAsync(other))["type"]);
        Assert.Single((await server.GetAsync(path))["items"]!.AsArray());
    }

    [Fact]
    public async Task Create_RefusedAndSentAgain_IsTriedAgain()
    {
        await using var server = await StartAsync();
        var path = $"{await server.InstallAsync()}/schedules";
        var taken = await server.CreateAsync(path[..^"/schedules".Length], "daily");
        using var refused = await SendAsync(server, path, "key-1", new { endpoint = "POST /api/sync", cron = Cron, name = "daily" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        using var gone = await server.Client.DeleteAsync($"{path}/{taken["id"]}");
        using var done = await SendAsync(server, path, "key-1", new { endpoint = "POST /api/sync", cron = Cron, name = "daily" });
        Assert.Equal(HttpStatusCode.Created, done.StatusCode);
    }

    [Fact]
    public async Task Create_ManyTimesAtOnce_MakesOne()
    {
        await using var server = await StartAsync();
        var path = $"{await server.InstallAsync()}/schedules";
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(_ => SendAsync(server, path, "key-1", new { endpoint = "POST /api/sync", cron = Cron })));
        Assert.All(answers, a => Assert.True(a.StatusCode is HttpStatusCode.Created or HttpStatusCode.Conflict, a.StatusCode.ToString()));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created && !a.Headers.Contains(Repeating.ReplayedHeader));
        Assert.Single((await server.GetAsync(path))["items"]!.AsArray());
    }

    [Fact]
    public async Task Create_WhileTheSameIsUnderWay_IsToldToAskAgain()
    {
        await using var server = await StartAsync();
        var install = await server.InstallAsync();
        var path = $"{install}/schedules";
        var underWay = server.Services.GetRequiredService<RequestsUnderWay>();
        var token = await server.Services.GetRequiredService<AcceptedTokens>().FindAsync(TokenSecret.Hash(server.Token!)!, withoutStore: false);
        var operatorKey = CallerKey.Of(token!.Caller);
        Assert.True(underWay.TryBegin(RepeatableRequest.Of(TenantId.Parse("t1"), operatorKey, path, "key-1", ReadOnlyMemory<byte>.Empty)));

        using var answer = await SendAsync(server, path, "key-1", new { endpoint = "POST /api/sync", cron = Cron });

        Assert.Equal((HttpStatusCode.Conflict, "1"), (answer.StatusCode, answer.Headers.RetryAfter?.ToString()));
        Assert.Equal("urn:escapement:problem:request-under-way", (string?)(await RunningServer.ReadAsync(answer))["type"]);
    }

    [Fact]
    public async Task Create_SameKeyOfAnotherCallerTenantOrPath_IsAnotherRequest()
    {
        await using var server = await StartAsync();
        var (one, two) = ($"{await server.InstallAsync("t1")}/schedules", $"{await server.InstallAsync("t2")}/schedules");
        var body = new { endpoint = "POST /api/sync", cron = Cron };
        var admin = await TokenAsync(server, "t1", "t2");
        foreach (var (path, token) in ((string, string?)[])[(one, null), (one, admin), (two, null), (two, admin)])
        {
            using var answer = await SendAsync(server, path, "key-1", body, token);
            Assert.Equal((HttpStatusCode.Created, false), (answer.StatusCode, answer.Headers.Contains(Repeating.ReplayedHeader)));
        }

        Assert.Equal(2, (await server.GetAsync(one))["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task Create_SentAgainByOneWhoMayNotAnyMore_IsRefused()
    {
        await using var server = await StartAsync();
        var path = $"{await server.InstallAsync("t1")}/schedules";
        using var made = await MakeTokenAsync(server, "key-0", "t1");
        var token = await RunningServer.ReadAsync(made);
        var body = new { endpoint = "POST /api/sync", cron = Cron };
        using var first = await SendAsync(server, path, "key-1", body, (string?)token["secret"]);
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        using var revoked = await server.Client.DeleteAsync($"/api/v1/tokens/{token["id"]}");
        using var again = await SendAsync(server, path, "key-1", body, (string?)token["secret"]);
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
    }

    [Fact]
    public async Task Token_SentAgain_IsTheSameWithoutItsSecret()
    {
        await using var server = await StartAsync();
        using var first = await MakeTokenAsync(server, "key-1", "t1");
        using var again = await MakeTokenAsync(server, "key-1", "t1");
        var (made, replayed) = (await RunningServer.ReadAsync(first), await RunningServer.ReadAsync(again));
        Assert.StartsWith("esc_", (string?)made["secret"], StringComparison.Ordinal);
        Assert.True(made.Remove("secret"));
        Assert.True(JsonNode.DeepEquals(made, replayed), replayed.ToJsonString());

        using var rotated = await SendAsync(server, $"/api/v1/tokens/{made["id"]}/rotate", "key-2", new { });
        using var repeated = await SendAsync(server, $"/api/v1/tokens/{made["id"]}/rotate", "key-2", new { });
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (rotated.StatusCode, repeated.StatusCode));
        var (one, other) = (await RunningServer.ReadAsync(rotated), await RunningServer.ReadAsync(repeated));
        Assert.Equal((true, false), (one.ContainsKey("secret"), other.ContainsKey("secret")));
        var audit = (await server.GetAsync("/api/v1/tenants/t1/audit"))["items"]!.AsArray();
        Assert.Equal(["token.rotate", "token.create"], audit.Select(e => (string?)e!["action"]));
    }

    [Fact]
    public async Task InstallAndRunNow_SentAgain_AreDoneOnce()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync("t1");
        var schedule = (await server.CreateAsync(install, "daily"))["id"];
        using var run = await SendAsync(server, $"{install}/schedules/{schedule}/run-now", "key-1", body: null);
        await server.RecordedAsync();
        using var repeated = await SendAsync(server, $"{install}/schedules/{schedule}/run-now", "key-1", body: null);
        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (run.StatusCode, repeated.StatusCode));
        Assert.Equal((await RunningServer.ReadAsync(run))["id"]!.ToString(), (await RunningServer.ReadAsync(repeated))["id"]!.ToString());
        Assert.Single((await server.GetAsync("/api/v1/tenants/t1/runs"))["items"]!.AsArray());

        using var first = await SendAsync(server, "/api/v1/tenants/t2/installs", "key-2", new { extensionId = RunningServer.Extension });
        using var again = await SendAsync(server, "/api/v1/tenants/t2/installs", "key-2", new { extensionId = RunningServer.Extension });
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, again.StatusCode));
        Assert.Equal(first.Headers.Location, again.Headers.Location);
    }

    [Fact]
    public async Task PauseAndSkip_SentAgain_AreDoneOnceAndWithAnotherBodyRefused()
    {
        await using var server = await StartAsync();
        var install = await server.InstallAsync();
        var schedule = $"{install}/schedules/{(await server.CreateAsync(install, "daily"))["id"]}";
        var at = (string)(await server.GetAsync(schedule))["nextDueAt"]!;
        (string Path, object Body, object Other)[] asked =
        [
            ($"{schedule}/skips", new { at, note = "the bank is closed" }, new { at, note = "other" }),
            ($"{schedule}/pause", new { note = "one" }, new { note = "other" }), ($"{install}/pause", new { note = "one" }, new { note = "other" }),
            ("/api/v1/tenants/t1/pause", new { note = "one" }, new { note = "other" }), ("/api/v1/pause", new { note = "one" }, new { note = "other" }),
        ];
        foreach (var (path, body, other) in asked)
        {
            using var first = await SendAsync(server, path, "key-1", body);
            using var again = await SendAsync(server, path, "key-1", body);
            Assert.Equal((path, HttpStatusCode.OK, HttpStatusCode.OK), (path, first.StatusCode, again.StatusCode));
            Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
            Assert.True(again.Headers.Contains(Repeating.ReplayedHeader));
            using var refused = await SendAsync(server, path, "key-1", other);
            Assert.Equal("urn:escapement:problem:idempotency-key-taken", (string?)(await RunningServer.ReadAsync(refused))["type"]);
            using var twice = await SendAsync(server, path, "key-2", body);
            Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        }
    }

    [Fact]
    public async Task UpgradeAndRestore_SentAgain_AreDoneOnce()
    {
        await using var server = await StartAsync();
        var install = await server.InstallAsync();
        var schedule = (string)(await server.CreateAsync(install, "daily"))["id"]!;
        await server.PublishAsync("2.0.0", ["POST /api/sync"]);
        async Task<JsonObject> Twice(string path, string key, object? body)
        {
            using var first = await SendAsync(server, path, key, body);
            using var again = await SendAsync(server, path, key, body);
            Assert.Equal((path, HttpStatusCode.OK, HttpStatusCode.OK), (path, first.StatusCode, again.StatusCode));
            Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
            Assert.True(again.Headers.Contains(Repeating.ReplayedHeader));
            return await RunningServer.ReadAsync(again);
        }

        foreach (var (route, version, before) in ((string, string, string)[])[("upgrade", "2.0.0", "1.0.0"), ("rollback", "1.0.0", "2.0.0")])
        {
            using var shown = await server.Client.PostAsJsonAsync($"{install}/{route}/preview", new { });
            var preview = await RunningServer.ReadAsync(shown);
            var done = await Twice($"{install}/{route}", "key-1", new { previewToken = (string?)preview["token"] });
            Assert.Equal((version, before), ((string?)done["version"], (string?)done["previousVersion"]));
            Assert.True(JsonNode.DeepEquals(done, await server.GetAsync(install)), done.ToJsonString());
        }

        using var deleted = await server.Client.DeleteAsync($"{install}/schedules/{schedule}");
        var back = await Twice($"{install}/deleted-schedules/{schedule}/restore", "key-1", new { });
        Assert.True(JsonNode.DeepEquals(back, await server.GetAsync($"{install}/schedules/{schedule}")), back.ToJsonString());
        using var removed = await server.Client.DeleteAsync(install);
        var installed = await Twice(install.Replace("/installs/", "/uninstalled/", StringComparison.Ordinal) + "/restore", "key-1", body: null);
        Assert.True(JsonNode.DeepEquals(installed, await server.GetAsync(install)), installed.ToJsonString());
    }

    // Each has its own way from what was done to the answer that is kept: one that cannot be kept would fail after the change was made.
    [Fact]
    public async Task RerunBackfillAndUndo_SentAgain_AreDoneOnceAndWithAnotherBodyRefused()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 8, 30, 0, TimeSpan.Zero));
        await using var server = await RunningServer.StartAsync(o => o.Roles = EscapementRoles.Api, services: s => s.AddSingleton<TimeProvider>(time));
        var install = await server.InstallAsync();
        const string tenant = "/api/v1/tenants/t1";
        async Task<JsonObject> PostAsync(string path, object? body = null)
        {
            using var answer = await server.Client.PostAsync(path, body is null ? null : JsonContent.Create(body));
            Assert.True(answer.IsSuccessStatusCode, $"{path} answered {answer.StatusCode}");
            return await RunningServer.ReadAsync(answer);
        }

        async Task TwiceAsync(string path, object body, object other)
        {
            using var first = await SendAsync(server, path, "key-1", body);
            using var again = await SendAsync(server, path, "key-1", body);
            Assert.True(first.IsSuccessStatusCode, $"{path} answered {first.StatusCode} {await first.Content.ReadAsStringAsync()}");
            Assert.Equal((path, first.StatusCode, true), (path, again.StatusCode, again.Headers.Contains(Repeating.ReplayedHeader)));
            Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
            using var refused = await SendAsync(server, path, "key-1", other);
            Assert.Equal((path, HttpStatusCode.UnprocessableEntity), (path, refused.StatusCode));
            Assert.Equal("urn:escapement:problem:idempotency-key-taken", (string?)(await RunningServer.ReadAsync(refused))["type"]);
        }

        async Task UndoneTwiceAsync(string root)
        {
            var entry = $"{root}/audit/{(await server.GetAsync($"{root}/audit"))["items"]![0]!["id"]}/undo";
            var token = (await PostAsync($"{entry}/preview"))["token"];
            await TwiceAsync(entry, new { previewToken = token }, new { previewToken = Guid.Empty });
        }

        // What nobody claimed in time is missed, but for the latest, which is given back and given up.
        var schedule = $"{install}/schedules/{(await PostAsync($"{install}/schedules", new { endpoint = "POST /api/sync", cron = "0 * * * *" }))["id"]}";
        time.SetUtcNow(time.GetUtcNow().AddHours(4));
        var run = Assert.Single(await server.ClaimAsync(time.GetUtcNow()));
        time.Advance(TimeSpan.FromMinutes(1));
        await server.Services.GetRequiredService<IClaimStore>().RecoverAsync(new RecoveryRequest { Now = time.GetUtcNow(), MaxLostAttempts = 1 });
        await TwiceAsync($"{tenant}/runs/{run.Lease.Id}/rerun", new { note = "again" }, new { note = "other" });
        var range = new { from = "2026-03-02T09:00:00Z", to = "2026-03-02T11:00:00Z" };
        var filling = (await PostAsync($"{schedule}/backfill/preview", range))["preview"]!["token"];
        await TwiceAsync($"{schedule}/backfill", new { previewToken = filling }, new { previewToken = Guid.Empty });

        await PostAsync($"{tenant}/pause", new { note = "move" });
        await UndoneTwiceAsync(tenant);
        await PostAsync($"{install}/disable");
        await UndoneTwiceAsync(tenant);
        using var deleted = await server.Client.DeleteAsync(schedule);
        await UndoneTwiceAsync(tenant);
        await PostAsync("/api/v1/pause", new { note = "move" });
        await UndoneTwiceAsync("/api/v1");
        var shown = await PostAsync($"{tenant}/schedules/bulk/preview", new { action = "disable" });
        var begun = await PostAsync($"{tenant}/schedules/bulk", new { previewToken = shown["token"] });
        var keeper = server.Services.GetRequiredService<BulkKeeper>();
        while (await keeper.StepAsync())
        {
        }

        var undoing = (await PostAsync($"{tenant}/bulk-changes/{begun["id"]}/undo/preview"))["token"];
        await TwiceAsync($"{tenant}/bulk-changes/{begun["id"]}/undo", new { previewToken = undoing }, new { previewToken = Guid.Empty });
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("two words", 1)]
    [InlineData("k", 256)]
    public async Task Create_KeyThatIsNone_IsRefused(string text, int times)
    {
        await using var server = await StartAsync();
        var path = $"{await server.InstallAsync()}/schedules";
        var key = string.Concat(Enumerable.Repeat(text, times));
        using var answer = await SendAsync(server, path, key, new { endpoint = "POST /api/sync", cron = Cron });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static Task<RunningServer> StartAsync() => RunningServer.StartAsync(o => o.Roles = EscapementRoles.Api);

    private static async Task<HttpResponseMessage> SendAsync(RunningServer server, string path, string key, object? body, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation(Repeating.Header, key);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return await server.Client.SendAsync(request);
    }

    private static Task<HttpResponseMessage> MakeTokenAsync(RunningServer server, string key, params string[] tenants) =>
        SendAsync(server, "/api/v1/tokens", key, new { name = "ci", role = "admin", tenants });

    private static async Task<string> TokenAsync(RunningServer server, params string[] tenants)
    {
        using var made = await MakeTokenAsync(server, "token", tenants);
        return (string)(await RunningServer.ReadAsync(made))["secret"]!;
    }
}
