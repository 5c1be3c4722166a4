using System.Net;
using Escapement.Gateway;
using Escapement.Sandbox;
using Microsoft.Extensions.DependencyInjection;

namespace Escapement.Server.Tests.Gateway;

/// <summary>What callers see of the queue in front of the node's slots. The sandbox of these tests has four.</summary>
public sealed class GatewayQueueTests
{
    [Fact]
    public async Task Call_FiftyToAGuestThatHangs_LeaveAnotherTenantAnAnswerAndTheRestAreRefused()
    {
        await using var server = await RunningServer.StartAsync(o => o.Gateway = new GatewayOptions { MaxWaitingPerInstall = 4 });
        await server.InstallAsync("evil");
        await server.InstallAsync("good");
        var hang = new TaskCompletionSource<InvocationResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = server.Sandbox.Answer;
        server.Sandbox.Answer = (i, cancellationToken) => i.Extension.Install.Scope.Tenant.Value == "evil" ? hang.Task : answer(i, cancellationToken);

        var calls = Enumerable.Range(0, 50).Select(_ => CallAsync(server, "evil")).ToList();
        var refused = new List<HttpResponseMessage>();
        while (refused.Count < 45)
        {
            var done = await Task.WhenAny(calls);
            calls.Remove(done);
            refused.Add(await done);
        }

        using var other = await CallAsync(server, "good");
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.All(refused, r => Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(1)), (r.StatusCode, r.Headers.RetryAfter?.Delta)));
        Assert.Equal("urn:escapement:problem:too-many-calls", (string?)(await RunningServer.ReadAsync(refused[0]))["type"]);

        hang.SetResult(new InvocationResult.Responded(new HandlerResponse(200, [], null)));
        Assert.All(await Task.WhenAll(calls), r => Assert.Equal(HttpStatusCode.OK, r.StatusCode));
    }

    [Fact]
    public async Task Call_NodesQueueIsFull_Is503WithRetryAfter()
    {
        await using var server = await RunningServer.StartAsync(o => o.Gateway = new GatewayOptions
        {
            MaxWaiting = 2,
            MaxWaitingPerTenant = 1,
            MaxWaitingPerInstall = 1,
        });
        var hang = new TaskCompletionSource<InvocationResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Sandbox.Answer = (_, _) => hang.Task;
        var calls = new List<Task<HttpResponseMessage>>();
        foreach (var tenant in new[] { "a", "b" })
        {
            await server.InstallAsync(tenant);
            calls.Add(CallAsync(server, tenant));
            await UntilAsync(() => server.Sandbox.Asked.Count == calls.Count);
        }

        await server.InstallAsync("c");
        calls.Add(CallAsync(server, "c"));
        await UntilAsync(() => server.Sandbox.Asked.Count == 3);
        var second = new[] { "a", "b" }.Select(tenant => CallAsync(server, tenant)).ToList();
        await UntilAsync(() => server.Services.GetRequiredService<CallGate>().Waiting == 2);
        using var full = await CallAsync(server, "c");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(5)), (full.StatusCode, full.Headers.RetryAfter?.Delta));
        Assert.Equal("urn:escapement:problem:node-busy", (string?)(await RunningServer.ReadAsync(full))["type"]);
        hang.SetResult(new InvocationResult.Responded(new HandlerResponse(200, [], null)));
        Assert.All(await Task.WhenAll([.. calls, .. second]), r => Assert.Equal(HttpStatusCode.OK, r.StatusCode));
    }

    [Fact]
    public async Task Call_ThatIsRefused_DoesNotHaveItsBodyRead()
    {
        await using var server = await RunningServer.StartAsync();
        await server.InstallAsync("t1");
        using var content = new StringContent("never read");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/ext/{RunningServer.Extension}/api/none") { Content = content };
        request.Headers.Add("x-alga-tenant", "t1");
        request.Headers.ExpectContinue = true;

        using var answer = await server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static async Task<HttpResponseMessage> CallAsync(RunningServer server, string tenant)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/ext/{RunningServer.Extension}/api/status");
        request.Headers.Add("x-alga-tenant", tenant);
        return await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
