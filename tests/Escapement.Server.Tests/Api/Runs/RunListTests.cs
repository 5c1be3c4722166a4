using System.Net;

namespace Escapement.Server.Tests.Api.Runs;

public sealed class RunListTests
{
    [Fact]
    public async Task Runs_OfAScheduleWhoseInstallIsGone_AreFoundByItsId()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync("t1");
        var (id, otherId) = ((await server.CreateAsync(install, "daily"))["id"], (await server.CreateAsync(install, "other"))["id"]);
        foreach (var each in new[] { id, otherId })
        {
            using var queued = await server.Client.PostAsync($"{install}/schedules/{each}/run-now", null);
            Assert.Equal(HttpStatusCode.Accepted, queued.StatusCode);
            await server.RecordedAsync();
        }

        using var removed = await server.Client.DeleteAsync(install);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);

        var runs = (await server.GetAsync($"/api/v1/tenants/t1/runs?scheduleId={id}"))["items"]!.AsArray();
        Assert.Equal((string?)id, (string?)Assert.Single(runs)!["scheduleId"]);
        Assert.Empty((await server.GetAsync($"/api/v1/tenants/t2/runs?scheduleId={id}"))["items"]!.AsArray());
    }
}
