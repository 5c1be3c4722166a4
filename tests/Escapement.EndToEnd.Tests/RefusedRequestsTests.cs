using System.Net;
using Escapement.EndToEnd.Tests.Servers;

namespace Escapement.EndToEnd.Tests;

public sealed class RefusedRequestsTests
{
    [Fact]
    public async Task Requests_AHundredWithoutAToken_DoNotLeaveALineEach()
    {
        using var folder = new ServerFolder();
        await using var server = await RealServer.StartAsync(folder);
        using var stranger = new HttpClient { BaseAddress = server.Client.BaseAddress };
        for (var i = 0; i < 100; i++)
        {
            using var answer = await stranger.GetAsync("/api/v1/extensions", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        await server.StopAsync();
        Assert.Contains("Answered 401", server.Process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("challenged", server.Process.Output, StringComparison.Ordinal);
    }
}
