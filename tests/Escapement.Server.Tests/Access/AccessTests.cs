using System.Net;
using System.Net.Http.Headers;

namespace Escapement.Server.Tests.Access;

public sealed class AccessTests
{
    [Theory]
    [InlineData("Bearer", "esc_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Bearer", "other")]
    [InlineData("Basic", "dXNlcjpwYXNz")]
    public async Task Api_UnknownCredentials_Answers401(string scheme, string value)
    {
        await using var server = await RunningServer.StartAsync();
        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(scheme, value);
        using var answer = await server.Client.GetAsync("/api/v1/extensions");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    public async Task Health_WithoutToken_Answers(string path)
    {
        await using var server = await RunningServer.StartAsync();
        using var client = new HttpClient { BaseAddress = server.Address };
        using var answer = await client.GetAsync(path);
        Assert.NotEqual(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.DoesNotContain(server.Folder, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FirstToken_SecondStart_IsNotShownAgainAndStillHolds()
    {
        string folder, token;
        await using (var first = await RunningServer.StartAsync())
        {
            (folder, token) = (first.Folder, first.Token!);
            Assert.StartsWith("esc_", token, StringComparison.Ordinal);
        }

        await using var second = await RunningServer.StartAsync(folder: folder);
        Assert.Null(second.Token);
        second.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        await second.GetAsync("/api/v1/extensions");
    }

    [Fact]
    public async Task Change_ByTheFirstToken_IsAuditedUnderItsName()
    {
        await using var server = await RunningServer.StartAsync();
        await server.InstallAsync();
        var entry = (await server.GetAsync("/api/v1/tenants/t1/audit"))["items"]![0]!;
        Assert.Equal("install.add", (string?)entry["action"]);
        Assert.Equal("admin", (string?)entry["actor"]!["kind"]);
        Assert.Equal("first-token", (string?)entry["actor"]!["id"]);
    }
}
