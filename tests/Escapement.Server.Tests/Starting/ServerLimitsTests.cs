using System.Net.Sockets;
using System.Text;
using Escapement.Gateway;

namespace Escapement.Server.Tests.Starting;

/// <summary>Requests that no ordinary client can send.</summary>
public sealed class ServerLimitsTests
{
    [Theory]
    [InlineData("2", 415)]
    [InlineData("+2", 400)]
    [InlineData("-2", 400)]
    [InlineData("2,2", 400)]
    [InlineData("0x2", 400)]
    [InlineData("2 2", 400)]
    [InlineData("99999999999999999999", 400)]
    [InlineData("000000000000000000000000000002", 400)]
    [InlineData("", 400)]
    public async Task ContentLength_OtherThanDigits_IsRefused(string length, int status)
    {
        await using var server = await RunningServer.StartAsync();
        var answer = await SendAsync(server, $"POST /api/v1/tenants/t1/installs HTTP/1.1\r\nContent-Length: {length}\r\nContent-Type: text/plain\r\n", "{}");
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.1", "Transfer-Encoding: chunked\r\n", 415)]
    [InlineData("1.1", "Transfer-Encoding: Chunked\r\n", 415)]
    [InlineData("1.1", "Transfer-Encoding: chunked, chunked\r\n", 400)]
    [InlineData("1.1", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", 400)]
    [InlineData("1.1", "Transfer-Encoding: gzip, chunked\r\n", 400)]
    [InlineData("1.1", "Transfer-Encoding: identity\r\n", 400)]
    [InlineData("1.0", "Transfer-Encoding: chunked\r\n", 400)]
    public async Task TransferEncoding_OtherThanChunkedOnce_IsRefused(string version, string header, int status)
    {
        await using var server = await RunningServer.StartAsync();
        var answer = await SendAsync(
            server, $"POST /api/v1/tenants/t1/installs HTTP/{version}\r\n{header}Content-Type: text/plain\r\n", "2\r\n{}\r\n0\r\n\r\n");
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Connection: close, X-Drop\r\n")]
    [InlineData("Connection: close\r\nConnection: X-Drop\r\n")]
    [InlineData("Connection: x-drop ,,close\r\n")]
    public async Task Connection_NamesAHeader_ItDoesNotReachTheGuest(string connection)
    {
        await using var server = await RunningServer.StartAsync();
        await server.InstallAsync();
        await SendAsync(
            server, $"GET /api/ext/{RunningServer.Extension}/api/status HTTP/1.1\r\nx-alga-tenant: t1\r\n{connection}X-Drop: 1\r\nX-Keep: 2\r\n", "");
        var asked = Assert.Single(server.Sandbox.Asked).Request.Headers;
        Assert.DoesNotContain(asked, h => h.Key == "x-drop");
        Assert.Contains(asked, h => h.Key == "x-keep");
    }

    [Fact]
    public async Task GatewayBody_DoesNotArriveInTime_IsRefusedAndItsPlaceInTheQueueIsFree()
    {
        await using var server = await RunningServer.StartAsync(o =>
        {
            o.MaxGatewayBodyTime = TimeSpan.FromSeconds(1);
            o.Gateway = new GatewayOptions { MaxWaitingPerInstall = 1 };
        });
        await server.InstallAsync();
        for (var i = 0; i < 3; i++)
        {
            var head = $"POST /api/ext/{RunningServer.Extension}/api/sync HTTP/1.1\r\nx-alga-tenant: t1\r\nContent-Length: 10\r\n";
            var answer = await SendAsync(server, head, "1");
            Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
            Assert.Contains("urn:escapement:problem:request-timed-out", answer, StringComparison.Ordinal);
        }

        Assert.Empty(server.Sandbox.Asked);
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/api/v1/extensions")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/api/v1/a/../b")]
    [InlineData("/api/ext/com.acme.sync/api/status")]
    [InlineData("/")]
    [InlineData("/console")]
    [InlineData("/api/v1/tenants/t1/installs")]
    public async Task Answer_OfEveryKind_SaysNosniff(string path)
    {
        await using var server = await RunningServer.StartAsync();
        await server.InstallAsync();
        var answer = await SendAsync(server, $"GET {path} HTTP/1.1\r\nx-alga-tenant: t1\r\n", "");
        Assert.Contains("\r\nX-Content-Type-Options: nosniff\r\n", answer, StringComparison.OrdinalIgnoreCase);
        var anonymous = await SendAsync(server, $"GET {path} HTTP/1.1\r\nx-alga-tenant: t1\r\n", "", withToken: false);
        Assert.Contains("\r\nX-Content-Type-Options: nosniff\r\n", anonymous, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<string> SendAsync(RunningServer server, string head, string body, bool withToken = true)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Address.Host, server.Address.Port, TestContext.Current.CancellationToken);
        var close = head.Contains("Connection:", StringComparison.Ordinal) ? "" : "Connection: close\r\n";
        var token = withToken ? $"Authorization: Bearer {server.Token}\r\n" : "";
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"{head}Host: x\r\n{close}{token}\r\n{body}"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
