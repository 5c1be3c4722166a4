using System.Net.Sockets;
using System.Text;

namespace Escapement.Server.Tests.Problems;

/// <summary>Requests whose target is a whole URL, as proxies may send them. No client of .NET's does, so they are written by hand.</summary>
public sealed class WholeUrlTargetTests
{
    [Theory]
    [InlineData("%2F")]
    [InlineData("%2f")]
    [InlineData("%5C")]
    [InlineData("\\")]
    public async Task Delete_EncodedSlashInPlaceOfAnId_DoesNotReachWhatLiesBelow(string slash)
    {
        await using var server = await RunningServer.StartAsync();
        var install = await server.InstallAsync();
        var id = (string)(await server.CreateAsync(install, "kept"))["id"]!;

        Assert.StartsWith("HTTP/1.1 400 ", await AskAsync(server, "DELETE", $"{install}{slash}schedules{slash}{id}"), StringComparison.Ordinal);

        using var there = await server.Client.GetAsync($"{install}/schedules/{id}");
        Assert.True(there.IsSuccessStatusCode);
    }

    [Theory]
    [InlineData("/api/v1/tenants/t1/installs", "200")]
    [InlineData("/api/v1/tenants/../extensions", "400")]
    [InlineData("/api/v1/tenants/%2e%2e/extensions", "400")]
    [InlineData("/api/v1/tenants/t1\\..\\extensions", "400")]
    public async Task Get_WholeUrl_IsReadAsAnyOther(string path, string status)
    {
        await using var server = await RunningServer.StartAsync();
        Assert.StartsWith($"HTTP/1.1 {status} ", await AskAsync(server, "GET", path), StringComparison.Ordinal);
    }

    private static async Task<string> AskAsync(RunningServer server, string method, string path)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(server.Address.Host, server.Address.Port);
        var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"{method} http://{server.Address.Authority}{path} HTTP/1.1\r\nHost: {server.Address.Authority}\r\n"
            + $"Authorization: Bearer {server.Token}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
