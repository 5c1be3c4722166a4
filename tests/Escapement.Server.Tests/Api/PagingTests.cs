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
