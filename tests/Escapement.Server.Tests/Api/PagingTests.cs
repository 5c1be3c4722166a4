namespace Escapement.Server.Tests.Api;

public sealed class PagingTests
{
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

    // A cursor is a place in a list and no permission: given to another tenant's list, it shows that tenant's rows.
    [Fact]
    public async Task Runs_CursorOfAnotherTenant_ShowsNothingOfIt()
    {
        await using var server = await RunningServer.StartAsync();
        foreach (var tenant in (string[])["t1", "t2"])
        {
            var install = await server.InstallAsync(tenant);
            var path = $"{install}/schedules/{(await server.CreateAsync(install, "daily"))["id"]}";
            for (var i = 0; i < 3; i++)
            {
                using var queued = await server.Client.PostAsync($"{path}/run-now", null);
                await server.RecordedAsync();
            }
        }

        foreach (var list in (string[])["runs", "audit"])
        {
            var cursor = (string?)(await server.GetAsync($"/api/v1/tenants/t2/{list}?limit=1"))["nextCursor"];
            var own = await AllAsync(server, $"/api/v1/tenants/t1/{list}?limit=200");
            var page = await server.GetAsync($"/api/v1/tenants/t1/{list}?limit=200&cursor={cursor}");
            Assert.NotEmpty(page["items"]!.AsArray());
            Assert.All(page["items"]!.AsArray(), row => Assert.Contains((string)row!["id"]!, own));
        }
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
}
