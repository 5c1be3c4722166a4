using System.Net;
using System.Net.Sockets;
using System.Text;
using Escapement.EndToEnd.Tests.Servers;

namespace Escapement.EndToEnd.Tests;

public sealed class RefusedRequestsTests
{
    // To a proxy it is one header with a line feed in its value.
    [Theory]
    [InlineData("X-A: a\nX-Smuggled: 1\r\n", "400")]
    [InlineData("X-A: a\nContent-Length: 45\r\n", "400")]
    [InlineData("X-A: a\r\n", "200")]
    public async Task Request_WithABareLineFeed_IsRefused(string headers, string status)
    {
        using var folder = new ServerFolder();
        await using var server = await RealServer.StartAsync(folder);
        using var connection = new TcpClient();
        var address = server.Client.BaseAddress!;
        await connection.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        var stream = connection.GetStream();
        var request = Encoding.ASCII.GetBytes($"GET /healthz HTTP/1.1\r\nHost: {address.Authority}\r\n{headers}Connection: close\r\n\r\n");

        await stream.WriteAsync(request, TestContext.Current.CancellationToken);

        using var reader = new StreamReader(stream, Encoding.ASCII);
        Assert.Equal($"HTTP/1.1 {status}", (await reader.ReadLineAsync(TestContext.Current.CancellationToken))![..12]);
    }

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
        Assert.Contains("Answered 401 to GET /api/v1/extensions from 127.0.0.1", server.Process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("challenged", server.Process.Output, StringComparison.Ordinal);
    }
}
