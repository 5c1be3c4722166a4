using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Escapement.AspNetCore;
using Escapement.Firing;
using Escapement.Firing.Engine;
using Escapement.Retention;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Escapement.Server.Tests;

public sealed class RoleTests
{
    [Fact]
    public async Task Start_ApiAlone_IsReadyWithoutAnEngine()
    {
        await using var server = await RunningServer.StartAsync(o => o.Roles = EscapementRoles.Api);
        Assert.Null(server.Services.GetService<FiringEngine>());
        Assert.DoesNotContain(server.Services.GetServices<IHostedService>(), s => s is RetentionKeeper);
        var ready = await server.ReadyAsync();
        Assert.Equal("ready", (string?)ready["status"]);
        Assert.False(ready["checks"]!.AsObject().ContainsKey("firing"));
    }

    [Fact]
    public async Task RunNow_ApiAlone_QueuesForAnotherNode()
    {
        string folder, token, run;
        await using (var api = await RunningServer.StartAsync(o => o.Roles = EscapementRoles.Api))
        {
            (folder, token) = (api.Folder, api.Token!);
            var install = await api.InstallAsync();
            var schedule = await api.CreateAsync(install, "daily");
            using var queued = await api.Client.PostAsync($"{install}/schedules/{schedule["id"]}/run-now", content: null);
            Assert.Equal(HttpStatusCode.Accepted, queued.StatusCode);
            run = queued.Headers.Location!.ToString();
            Assert.Equal("queued", (string?)(await api.GetAsync(run))["state"]);
        }

        await using (var firing = await RunningServer.StartAsync(o => o.Roles = EscapementRoles.Firing, folder))
        {
            Assert.Null(firing.Token);
            await firing.RecordedAsync();
        }

        await using var both = await RunningServer.StartAsync(folder: folder);
        both.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        Assert.Equal("succeeded", (string?)(await both.GetAsync(run))["state"]);
    }

    [Fact]
    public async Task Start_FiringAloneOnAnEmptyStore_MakesNoTokenAndAnswersHealthAlone()
    {
        string folder;
        await using (var server = await RunningServer.StartAsync(o => o.Roles = EscapementRoles.Firing))
        {
            folder = server.Folder;
            Assert.Null(server.Token);
            Assert.Equal("ok", (string?)(await server.ReadyAsync())["checks"]!["firing"]);
            await server.GetAsync("/healthz");
            foreach (var path in new[] { "/", "/api/v1/extensions", "/api/v1/tenants/t1/installs", "/api/ext/com.acme.sync/api/status", "/openapi/v1.json" })
            {
                using var read = await server.Client.GetAsync(path);
                using var write = await server.Client.PostAsJsonAsync(path, new { });
                Assert.Equal((path, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (path, read.StatusCode, write.StatusCode));
            }
        }

        await using var api = await RunningServer.StartAsync(folder: folder);
        Assert.NotNull(api.Token);
    }
}
