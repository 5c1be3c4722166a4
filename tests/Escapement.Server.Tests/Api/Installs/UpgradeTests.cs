using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Escapement.Runs;

namespace Escapement.Server.Tests.Api.Installs;

public sealed class UpgradeTests
{
    [Fact]
    public async Task Upgrade_Previewed_IsDoneAsShown()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        var schedule = await server.CreateAsync(install, "nightly");
        await server.PublishAsync("2.0.0", ["POST /api/sync"], "cap:log.emit", "cap:http.fetch");

        var (status, preview) = await PostAsync(server, $"{install}/upgrade/preview", new { });
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("1.0.0", "2.0.0", true), ((string?)preview["fromVersion"], (string?)preview["toVersion"], (bool)preview["canCommit"]!));
        var fresh = preview["newCapabilities"]!.AsArray().Single()!;
        Assert.Equal(("cap:http.fetch", "high", false), ((string?)fresh["capability"], (string?)fresh["risk"], (bool)fresh["granted"]!));
        Assert.Equal(["cap:scheduler.manage"], preview["goneCapabilities"]!.AsArray().Select(c => (string?)c));
        var shown = preview["schedules"]!.AsArray().Single()!;
        Assert.Equal(("follows", 7, 5), ((string?)shown["fate"], (int)shown["nextSevenDays"]!, shown["next"]!.AsArray().Count));
        Assert.Equal((string?)schedule["nextDueAt"], (string?)shown["next"]![0]);

        var (done, upgraded) = await PostAsync(
            server, $"{install}/upgrade", new { previewToken = (string?)preview["token"], capabilities = new[] { "cap:log.emit", "cap:http.fetch" } });

        Assert.Equal(HttpStatusCode.OK, done);
        Assert.Equal(("2.0.0", "1.0.0"), ((string?)upgraded["version"], (string?)upgraded["previousVersion"]));
        Assert.Equal(["cap:http.fetch", "cap:log.emit"], upgraded["capabilities"]!.AsArray().Select(c => (string?)c));
        Assert.Single((await server.GetAsync($"{install}/schedules"))["items"]!.AsArray());
        var audit = (await server.GetAsync("/api/v1/tenants/t1/audit"))["items"]![0]!;
        Assert.Equal(
            ("install.upgrade", "1.0.0 -> com.acme.sync 2.0.0; granted: cap:log.emit -> cap:http.fetch, cap:log.emit"),
            ((string?)audit["action"], (string?)audit["detail"]));

        var (twice, used) = await PostAsync(server, $"{install}/upgrade", new { previewToken = (string?)preview["token"] });
        Assert.Equal((HttpStatusCode.Conflict, "urn:escapement:problem:preview-used"), (twice, (string?)used["type"]));
    }

    [Theory]
    [InlineData("upgrade", "1.0.0")]
    [InlineData("rollback", "2.0.0")]
    public async Task Upgrade_WithAnOldEtag_Is412AndSaysWhatChanged(string route, string version)
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        await server.PublishAsync("2.0.0", ["POST /api/sync"]);
        if (route == "rollback")
        {
            Assert.Equal(HttpStatusCode.OK, (await UpgradeAsync(server, install, "2.0.0")).Status);
        }

        var etag = (string?)(await server.GetAsync(install))["etag"];
        using var disabled = await server.Client.PostAsync($"{install}/disable", content: null);
        var (_, preview) = await PostAsync(server, $"{install}/{route}/preview", new { });
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{install}/{route}");
        request.Content = JsonContent.Create(new { previewToken = (string?)preview["token"] });
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{etag}\"");

        using var refused = await server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.PreconditionFailed, refused.StatusCode);
        Assert.Equal(["enabled"], (await RunningServer.ReadAsync(refused))["changed"]!.AsArray().Select(c => (string?)c));
        Assert.Equal(version, (string?)(await server.GetAsync(install))["version"]);
    }

    [Fact]
    public async Task Upgrade_WithoutConsent_StaysOnItsVersion()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        await server.PublishAsync("2.0.0", ["POST /api/sync"], "cap:http.fetch");

        var (status, refused) = await UpgradeAsync(server, install, "2.0.0");

        Assert.Equal((HttpStatusCode.Conflict, "urn:escapement:problem:consent-needed"), (status, (string?)refused["type"]));
        Assert.Equal("1.0.0", (string?)(await server.GetAsync(install))["version"]);
        var schedule = await server.CreateAsync(install, "nightly");
        using var queued = await server.Client.PostAsync($"{install}/schedules/{schedule["id"]}/run-now", null);
        Assert.Equal(RunState.Succeeded, (await server.RecordedAsync()).State);
        var invoked = Assert.Single(server.Sandbox.Asked);
        Assert.Equal("1.0.0", invoked.Extension.Version.Manifest.Version);
        Assert.Equal(["cap:log.emit"], invoked.Extension.Install.Granted);
    }

    // Held by a pause of the host's own, which going back ends.
    [Fact]
    public async Task Upgrade_ToldToHold_HoldsWhatLosesItsEndpointAndGoingBackLetsItGo()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        var schedule = $"{install}/schedules/{(await server.CreateAsync(install, "nightly"))["id"]}";
        await server.PublishAsync("0.9.0", ["GET /api/sync"]);
        var (_, preview) = await PostAsync(server, $"{install}/upgrade/preview", new { version = "0.9.0" });

        var (status, upgraded) = await PostAsync(server, $"{install}/upgrade", new { previewToken = (string?)preview["token"], hold = true });

        Assert.Equal((HttpStatusCode.OK, "0.9.0"), (status, (string?)upgraded["version"]));
        var held = await server.GetAsync(schedule);
        var pause = Assert.Single(held["pauses"]!.AsArray())!;
        Assert.Equal(("schedule", "endpoint-gone", true), ((string?)pause["layer"], (string?)pause["cause"], (bool)held["enabled"]!));
        Assert.Contains("POST /api/sync is not in version 0.9.0", (string)held["lastError"]!, StringComparison.Ordinal);
        var (_, back) = await PostAsync(server, $"{install}/rollback/preview", body: null);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(server, $"{install}/rollback", new { previewToken = (string?)back["token"] })).Status);
        var free = await server.GetAsync(schedule);
        Assert.Equal((null, null), (free["pauses"], free["lastError"]));
    }

    [Fact]
    public async Task Upgrade_ToAVersionThatLacksAnEndpoint_ListsTheSchedules()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        var schedule = await server.CreateAsync(install, "nightly");
        await server.PublishAsync("0.9.0", ["GET /api/sync"]);

        var (_, preview) = await PostAsync(server, $"{install}/upgrade/preview", new { version = "0.9.0" });
        Assert.Equal((false, "lost"), ((bool)preview["canCommit"]!, (string?)preview["schedules"]![0]!["fate"]));
        var (status, refused) = await UpgradeAsync(server, install, "0.9.0");

        Assert.Equal((HttpStatusCode.Conflict, "urn:escapement:problem:endpoint-gone"), (status, (string?)refused["type"]));
        Assert.Contains((string)schedule["id"]!, (string)refused["errors"]!["schedules"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upgrade_WorldChangedSince_SaysWhat()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        await server.PublishAsync("2.0.0", ["POST /api/sync"]);
        var (_, preview) = await PostAsync(server, $"{install}/upgrade/preview", new { });
        var created = await server.CreateAsync(install, "new");

        var (status, refused) = await PostAsync(server, $"{install}/upgrade", new { previewToken = (string?)preview["token"] });

        Assert.Equal((HttpStatusCode.Conflict, "urn:escapement:problem:preview-outdated"), (status, (string?)refused["type"]));
        Assert.Equal($"Schedule {created["id"]} was created since the preview; make another", (string?)refused["errors"]!["schedules"]);
    }

    [Fact]
    public async Task Upgrade_WithAnotherInstallsOrTenantsToken_IsRefused()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        var other = await server.InstallAsync("t2");
        await server.PublishAsync("2.0.0", ["POST /api/sync"]);
        var (_, preview) = await PostAsync(server, $"{install}/upgrade/preview", new { });
        var token = (string?)preview["token"];

        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(server, $"{other}/upgrade", new { previewToken = token })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(server, $"{install}/rollback", new { previewToken = token })).Status);
        var strange = install.Replace("/t1/", "/t2/", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(server, $"{strange}/upgrade/preview", new { })).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(server, $"{install}/upgrade", new { previewToken = token })).Status);
        Assert.Equal("1.0.0", (string?)(await server.GetAsync(other))["version"]);
    }

    [Fact]
    public async Task RollBack_AfterAnUpgrade_GoesBackAndBeforeOneSaysNo()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        var (none, refused) = await PostAsync(server, $"{install}/rollback/preview", body: null);
        Assert.Equal((HttpStatusCode.Conflict, "urn:escapement:problem:no-previous-version"), (none, (string?)refused["type"]));
        await server.PublishAsync("2.0.0", ["POST /api/sync"]);
        Assert.Equal(HttpStatusCode.OK, (await UpgradeAsync(server, install, "2.0.0")).Status);

        var (_, preview) = await PostAsync(server, $"{install}/rollback/preview", body: null);
        var (status, back) = await PostAsync(server, $"{install}/rollback", new { previewToken = (string?)preview["token"] });

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("1.0.0", "2.0.0"), ((string?)back["version"], (string?)back["previousVersion"]));
        Assert.Equal(["cap:log.emit"], back["capabilities"]!.AsArray().Select(c => (string?)c));
    }

    [Fact]
    public async Task RollBack_BringsGrantsBack_NamesThemInPlainWordsAndMayLeaveThemOut()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        await server.PublishAsync("2.0.0", ["POST /api/sync"], "cap:log.emit", "cap:http.fetch");
        var (_, upgrade) = await PostAsync(server, $"{install}/upgrade/preview", new { });
        await PostAsync(
            server, $"{install}/upgrade", new { previewToken = (string?)upgrade["token"], capabilities = new[] { "cap:log.emit", "cap:http.fetch" } });
        var (_, back) = await PostAsync(server, $"{install}/rollback/preview", body: null);
        Assert.Empty(back["returningCapabilities"]!.AsArray());
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(server, $"{install}/rollback", new { previewToken = (string?)back["token"] })).Status);

        var (_, again) = await PostAsync(server, $"{install}/rollback/preview", body: null);

        var named = Assert.Single(again["returningCapabilities"]!.AsArray())!;
        Assert.Equal(("cap:http.fetch", "high", false), ((string?)named["capability"], (string?)named["risk"], (bool)named["granted"]!));
        Assert.NotEmpty((string)named["sentence"]!);
        Assert.Empty(again["newCapabilities"]!.AsArray());
        Assert.Equal(["cap:http.fetch", "cap:log.emit"], again["keptCapabilities"]!.AsArray().Select(c => (string?)c));
        var (status, done) = await PostAsync(
            server, $"{install}/rollback", new { previewToken = (string?)again["token"], capabilities = new[] { "cap:log.emit" } });
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["cap:log.emit"], done["capabilities"]!.AsArray().Select(c => (string?)c));
    }

    [Theory]
    [InlineData("9.9.9", HttpStatusCode.UnprocessableEntity, "validation-failed")]
    [InlineData("1.0.0", HttpStatusCode.Conflict, "same-version")]
    public async Task Preview_OfWhatCannotBe_IsRefused(string version, HttpStatusCode status, string type)
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();

        var (answered, refused) = await PostAsync(server, $"{install}/upgrade/preview", new { version });

        Assert.Equal((status, $"urn:escapement:problem:{type}"), (answered, (string?)refused["type"]));
    }

    private static async Task<(HttpStatusCode Status, JsonObject Body)> UpgradeAsync(RunningServer server, string install, string version)
    {
        var (_, preview) = await PostAsync(server, $"{install}/upgrade/preview", new { version });
        return await PostAsync(server, $"{install}/upgrade", new { previewToken = (string?)preview["token"] });
    }

    private static async Task<(HttpStatusCode Status, JsonObject Body)> PostAsync(RunningServer server, string path, object? body)
    {
        using var answer = body is null ? await server.Client.PostAsync(path, content: null) : await server.Client.PostAsJsonAsync(path, body);
        return (answer.StatusCode, await RunningServer.ReadAsync(answer));
    }
}
