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
