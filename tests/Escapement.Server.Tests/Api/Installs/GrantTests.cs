using System.Net;
using System.Net.Http.Json;
using Escapement.HostApi.Scheduler;
using Escapement.Installs;
using Escapement.Sandbox;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.Server.Tests.Api.Installs;

public sealed class GrantTests
{
    [Fact]
    public async Task Patch_Capabilities_AreGrantedAndAuditedBeforeAndAfter()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();

        using var answer = await server.Client.PatchAsJsonAsync(install, new { capabilities = new[] { "CAP:scheduler.manage" } });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(["cap:scheduler.manage"], (await server.GetAsync(install))["capabilities"]!.AsArray().Select(c => (string?)c));
        var audit = (await server.GetAsync("/api/v1/tenants/t1/audit"))["items"]![0]!;
        Assert.Equal(("install.grant", "granted: cap:log.emit -> cap:scheduler.manage"), ((string?)audit["action"], (string?)audit["detail"]));
    }

    // What a run may do is what is granted when it begins; likewise a call at the gateway.
    [Fact]
    public async Task Patch_Capabilities_CountFromTheNextRunOn()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        var schedule = $"{install}/schedules/{(await server.CreateAsync(install, "nightly"))["id"]}";
        var denied = new List<bool>();
        server.Sandbox.Answer = async (invocation, cancel) =>
        {
            denied.Add((await invocation.Host.Get<ISchedulerHost>().ListAsync(cancel)).Error == SchedulerError.Denied);
            return new InvocationResult.Responded(new HandlerResponse(200, [], null));
        };
        foreach (var capability in (string[])["cap:log.emit", "cap:scheduler.manage", "cap:log.emit"])
        {
            using var patched = await server.Client.PatchAsJsonAsync(install, new { capabilities = new[] { capability } });
            Assert.Equal(HttpStatusCode.OK, patched.StatusCode);
            using var run = await server.Client.PostAsync($"{schedule}/run-now", null);
            Assert.Equal(HttpStatusCode.Accepted, run.StatusCode);
            await server.RecordedAsync();
            using var call = new HttpRequestMessage(HttpMethod.Get, $"/api/ext/{RunningServer.Extension}/api/status");
            call.Headers.Add("x-alga-tenant", "t1");
            using var called = await server.Client.SendAsync(call);
            Assert.Equal(HttpStatusCode.OK, called.StatusCode);
        }

        Assert.Equal([true, true, false, false, true, true], denied);
    }

    [Theory]
    [InlineData("cap:storage.kv", "not-declared")]
    [InlineData("cap:everything", "unknown")]
    public async Task Patch_WhatCannotBeGranted_IsNamedAndChangesNothing(string capability, string code)
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();

        using var answer = await server.Client.PatchAsJsonAsync(install, new { capabilities = new[] { "cap:scheduler.manage", capability } });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(code, (string?)(await RunningServer.ReadAsync(answer))["problems"]![0]!["code"]);
        Assert.Equal(["cap:log.emit"], (await server.GetAsync(install))["capabilities"]!.AsArray().Select(c => (string?)c));
    }

    [Theory]
    [InlineData(100, "unknown")]
    [InlineData(101, "too-many")]
    public async Task Patch_VeryManyCapabilities_AreAnsweredShortly(int count, string code)
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();

        using var answer = await server.Client.PatchAsJsonAsync(install, new { capabilities = Enumerable.Range(0, count).Select(i => $"cap:{i}") });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(code, (string?)(await RunningServer.ReadAsync(answer))["problems"]![0]!["code"]);
    }

    [Fact]
    public async Task Install_OfAVeryLongId_IsAnsweredShortly()
    {
        await using var server = await RunningServer.StartAsync();

        using var answer = await server.Client.PostAsJsonAsync(
            "/api/v1/tenants/t1/installs", new { extensionId = new string('x', 500_000), capabilities = new[] { new string('y', 400_000) } });

        Assert.False(answer.IsSuccessStatusCode);
        Assert.InRange((await answer.Content.ReadAsStringAsync()).Length, 1, 4_000);
    }

    [Fact]
    public async Task Patch_Nothing_LeavesAllAsItIs()
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        var before = await server.GetAsync(install);

        using var answer = await server.Client.PatchAsJsonAsync(install, new { });

        Assert.Equal(before.ToJsonString(), (await RunningServer.ReadAsync(answer)).ToJsonString());
    }

    [Fact]
    public async Task Consent_OfAVersion_SaysWhatItCanDoBesideWhatIsGranted()
    {
        await using var server = await RunningServer.StartAsync();
        await server.InstallAsync();

        var here = await server.GetAsync("/api/v1/tenants/t1/extensions/com.acme.sync/versions/1.0.0/consent");
        var elsewhere = await server.GetAsync("/api/v1/tenants/t2/extensions/com.acme.sync/versions/1.0.0/consent");

        Assert.Equal("1.0.0", (string?)here["installedVersion"]);
        Assert.Equal(
            [("cap:scheduler.manage", "notable", false), ("cap:log.emit", "low", true)],
            here["capabilities"]!.AsArray().Select(c => ((string?)c!["capability"], (string?)c["risk"], (bool)c["granted"]!)));
        Assert.Equal("It can write lines into the log of its own runs.", (string?)here["capabilities"]![1]!["sentence"]);
        Assert.Null(elsewhere["installedVersion"]);
        Assert.All(elsewhere["capabilities"]!.AsArray(), c => Assert.Null(c!["granted"]));
        using var unknown = await server.Client.GetAsync("/api/v1/tenants/t1/extensions/com.acme.sync/versions/7.0.0/consent");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Consent_OfWhatRunsUsed_SaysWhenLastAndNothingOfTheRest()
    {
        await using var server = await RunningServer.StartAsync();
        await server.InstallAsync();
        var extension = await server.Services.GetRequiredService<InstalledExtensions>().FindAsync(TenantId.Parse("t1"), "com.acme.sync");
        var uses = server.Services.GetRequiredService<CapabilityUses>();
        uses.Note(extension!, ["logging.info", "scheduler.create"]);
        await uses.StopAsync(CancellationToken.None);

        var asked = (await server.GetAsync("/api/v1/tenants/t1/extensions/com.acme.sync/versions/1.0.0/consent"))["capabilities"]!.AsArray();

        Assert.Null(asked[0]!["lastUsedAt"]);
        var ago = TimeProvider.System.GetUtcNow() - (DateTimeOffset)asked[1]!["lastUsedAt"]!;
        Assert.InRange(ago, TimeSpan.Zero, TimeSpan.FromMinutes(2));
        Assert.Equal("cap:log.emit", (string?)asked[1]!["capability"]);
    }
}
