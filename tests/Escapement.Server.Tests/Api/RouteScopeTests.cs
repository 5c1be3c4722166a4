using System.Net;

namespace Escapement.Server.Tests.Api;

public sealed class RouteScopeTests
{
    [Fact]
    public async Task Request_IdInAnotherForm_IsNotFoundOrRefusedAlike()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync("t1");
        var schedule = (string)(await server.CreateAsync(install, "daily"))["id"]!;
        using var queued = await server.Client.PostAsync($"{install}/schedules/{schedule}/run-now", null);
        var run = (string)(await RunningServer.ReadAsync(queued))["id"]!;
        await server.RecordedAsync();
        var installId = install.Split('/')[^1];
        var tenant = install[..^"/installs/".Length][..^installId.Length];
        Func<string, string>[] forms =
        [
            id => id.ToUpperInvariant(), id => $"%7B{id}%7D", id => $"({id})", id => $"%20{id}", id => $"{id}%20",
            id => id.Replace("-", "", StringComparison.Ordinal),
        ];
        foreach (var form in forms)
        {
            foreach (var path in new[]
            {
                $"{tenant}/installs/{form(installId)}",
                $"{install}/schedules/{form(schedule)}",
                $"{install}/schedules/{form(schedule)}/runs",
                $"{install}/calls/{form(run)}",
                $"{tenant}/runs/{form(run)}",
            })
            {
                using var answer = await server.Client.GetAsync(path);
                Assert.Equal((path, HttpStatusCode.NotFound), (path, answer.StatusCode));
            }

            foreach (var query in new[] { $"runs?installId={form(installId)}", $"runs?scheduleId={form(schedule)}", $"audit?installId={form(installId)}" })
            {
                using var answer = await server.Client.GetAsync($"{tenant}/{query}");
                Assert.Equal((query, HttpStatusCode.BadRequest), (query, answer.StatusCode));
            }
        }
    }

    [Fact]
    public async Task Request_AnotherTenantsIds_AreNotFound()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync("t1");
        var other = await server.InstallAsync("t2");
        var id = (await server.CreateAsync(install, "daily"))["id"];
        using var queued = await server.Client.PostAsync($"{install}/schedules/{id}/run-now", null);
        var run = (await RunningServer.ReadAsync(queued))["id"];
        await server.RecordedAsync();

        foreach (var path in new[]
        {
            install.Replace("t1", "t2", StringComparison.Ordinal),
            $"{other}/schedules/{id}",
            $"{install.Replace("t1", "t2", StringComparison.Ordinal)}/schedules/{id}",
            $"/api/v1/tenants/t2/runs/{run}",
        })
        {
            using var answer = await server.Client.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        using var deleted = await server.Client.DeleteAsync($"{other}/schedules/{id}");
        Assert.Equal(HttpStatusCode.NotFound, deleted.StatusCode);
        Assert.Empty((await server.GetAsync($"{other}/schedules/{id}/runs"))["items"]!.AsArray());
        await server.GetAsync($"{install}/schedules/{id}");
    }
}
