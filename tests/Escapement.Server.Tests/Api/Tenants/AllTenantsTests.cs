using System.Net;
using System.Net.Http.Json;

namespace Escapement.Server.Tests.Api.Tenants;

/// <summary>What those who have all tenants see of all of them at once.</summary>
public sealed class AllTenantsTests
{
    [Fact]
    public async Task ExtensionInstalls_OfSeveralTenants_AreByTenantPageByPage()
    {
        await using var server = await RunningServer.StartAsync();
        await server.InstallAsync("t2");
        await server.InstallAsync("t1");

        var path = $"/api/v1/extensions/{RunningServer.Extension}/installs";
        Assert.Equal(["t1", "t2"], (await server.GetAsync(path))["items"]!.AsArray().Select(i => (string?)i!["tenant"]));
        var first = await server.GetAsync($"{path}?limit=1");
        Assert.Equal("t2", (string?)Assert.Single((await server.GetAsync($"{path}?cursor={first["nextCursor"]}"))["items"]!.AsArray())!["tenant"]);
        Assert.Empty((await server.GetAsync("/api/v1/extensions/com.acme.none/installs"))["items"]!.AsArray());
    }

    [Fact]
    public async Task OpenRuns_OfSeveralTenants_SayWhoseTheyAre()
    {
        await using var server = await RunningServer.StartAsync(o => o.Roles = AspNetCore.EscapementRoles.Api);
        foreach (var tenant in (string[])["t1", "t2"])
        {
            var install = await server.InstallAsync(tenant);
            using var queued = await server.Client.PostAsync($"{install}/schedules/{(await server.CreateAsync(install, "daily"))["id"]}/run-now", null);
        }

        var first = await server.GetAsync("/api/v1/open-runs?limit=1");
        var run = Assert.Single(first["items"]!.AsArray())!;
        Assert.Equal(("t2", "queued"), ((string?)run["tenant"], (string?)run["state"]));
        var rest = await server.GetAsync($"/api/v1/open-runs?cursor={first["nextCursor"]}");
        Assert.Equal("t1", (string?)Assert.Single(rest["items"]!.AsArray())!["tenant"]);
        Assert.Null(rest["nextCursor"]);
    }

    [Fact]
    public async Task Ids_OfRunScheduleAndInstall_AreFoundWithTheirTenant()
    {
        await using var server = await RunningServer.StartAsync(o => o.Roles = AspNetCore.EscapementRoles.Api);
        await server.InstallAsync("t1");
        var install = await server.InstallAsync("t2");
        var schedule = (string)(await server.CreateAsync(install, "daily"))["id"]!;
        using var queued = await server.Client.PostAsync($"{install}/schedules/{schedule}/run-now", null);
        var run = (string)(await RunningServer.ReadAsync(queued))["id"]!;
        var installId = install.Split('/')[^1];

        (string Id, string Kind, string? Schedule)[] things = [(run, "run", schedule), (schedule, "schedule", schedule), (installId, "install", null)];
        foreach (var (id, kind, ofSchedule) in things)
        {
            foreach (var path in (string[])["/api/v1/ids", "/api/v1/tenants/t2/ids"])
            {
                var found = Assert.Single((await server.GetAsync($"{path}/{id}"))["items"]!.AsArray())!;
                Assert.Equal((kind, "t2"), ((string?)found["kind"], (string?)found["tenant"]));
                Assert.Equal((installId, ofSchedule), ((string?)found["installId"], (string?)found["scheduleId"]));
                Assert.Equal(kind == "run" ? run : null, (string?)found["runId"]);
            }

            Assert.Empty((await server.GetAsync($"/api/v1/tenants/t1/ids/{id}"))["items"]!.AsArray());
        }

        foreach (var id in (string[])[Guid.CreateVersion7().ToString(), "nothing"])
        {
            Assert.Empty((await server.GetAsync($"/api/v1/ids/{id}"))["items"]!.AsArray());
        }

        var shown = await server.GetAsync($"/api/v1/runs/{run}");
        Assert.Equal(("t2", "queued"), ((string?)shown["tenant"], (string?)shown["state"]));
        foreach (var id in (string[])[schedule, "nothing"])
        {
            using var none = await server.Client.GetAsync($"/api/v1/runs/{id}");
            Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        }

        using var made = await server.Client.PostAsJsonAsync("/api/v1/tokens", new { name = "x", role = "admin", tenants = new[] { "t1" } });
        using var client = new HttpClient { BaseAddress = server.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", (string?)(await RunningServer.ReadAsync(made))["secret"]);
        foreach (var (path, status) in ((string, HttpStatusCode)[])
        [
            ($"/api/v1/ids/{run}", HttpStatusCode.Forbidden), ($"/api/v1/runs/{run}", HttpStatusCode.Forbidden),
            ($"/api/v1/tenants/t2/ids/{run}", HttpStatusCode.NotFound), ($"/api/v1/tenants/t1/ids/{run}", HttpStatusCode.OK),
        ])
        {
            using var answer = await client.GetAsync(path);
            Assert.Equal((path, status), (path, answer.StatusCode));
        }
    }

    [Fact]
    public async Task Lateness_OfATenantAndOfAll_CountsWhatWaits()
    {
        await using var server = await RunningServer.StartAsync(o => o.Roles = AspNetCore.EscapementRoles.Api);
        await server.InstallAsync("t1");
        var install = await server.InstallAsync("t2");
        var schedule = (await server.CreateAsync(install, "daily"))["id"];
        using var queued = await server.Client.PostAsync($"{install}/schedules/{schedule}/run-now", null);
        var dueAt = (string?)(await RunningServer.ReadAsync(queued))["dueAt"];

        foreach (var (path, waiting) in ((string, int)[])[("/api/v1/lateness", 1), ("/api/v1/tenants/t2/lateness", 1), ("/api/v1/tenants/t1/lateness", 0)])
        {
            var late = await server.GetAsync(path);
            Assert.Equal((path, 0, waiting), (path, (int)late["starts"]!, (int)late["waiting"]!));
            Assert.Equal(waiting == 0 ? null : dueAt, (string?)late["oldestWaitingAt"]);
            Assert.False(late.ContainsKey("medianMs"));
        }
    }

    [Fact]
    public async Task EndedRuns_OfSeveralTenants_SayWhoseTheyAre()
    {
        await using var server = await RunningServer.StartAsync();
        foreach (var tenant in (string[])["t1", "t2"])
        {
            var install = await server.InstallAsync(tenant);
            using var queued = await server.Client.PostAsync($"{install}/schedules/{(await server.CreateAsync(install, "daily"))["id"]}/run-now", null);
            await server.RecordedAsync();
        }

        var first = await server.GetAsync("/api/v1/ended-runs?limit=1");
        var run = Assert.Single(first["items"]!.AsArray())!;
        Assert.Equal(("t2", "succeeded"), ((string?)run["tenant"], (string?)run["state"]));
        var rest = await server.GetAsync($"/api/v1/ended-runs?limit=1&cursor={first["nextCursor"]}");
        Assert.Equal("t1", (string?)Assert.Single(rest["items"]!.AsArray())!["tenant"]);
        Assert.Empty((await server.GetAsync("/api/v1/ended-runs?state=failed,skipped,missed,abandoned"))["items"]!.AsArray());
        Assert.Empty((await server.GetAsync("/api/v1/ended-runs?to=2020-01-01T00:00:00Z"))["items"]!.AsArray());
    }

    [Fact]
    public async Task EndedRuns_OfAStateThatIsOpen_AreRefusedByName()
    {
        await using var server = await RunningServer.StartAsync();

        using var answer = await server.Client.GetAsync("/api/v1/ended-runs?state=running");

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(
            "state must be one of succeeded, failed, skipped, missed, abandoned", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
