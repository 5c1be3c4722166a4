using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Escapement.Server.Tests.Access;

public sealed class AccessTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Theory]
    [InlineData("Bearer", "esc_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Bearer", "other")]
    [InlineData("Basic", "dXNlcjpwYXNz")]
    public async Task Api_UnknownCredentials_Answers401(string scheme, string value)
    {
        using var client = shared.NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(scheme, value);
        using var answer = await client.GetAsync("/api/v1/extensions");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    public async Task Health_WithoutToken_Answers(string path)
    {
        using var client = shared.NewClient();
        using var answer = await client.GetAsync(path);
        Assert.NotEqual(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.DoesNotContain(shared.Server.Folder, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    public async Task Health_AskedForItsHeadersAlone_AnswersAsToGetWithoutABody(string path)
    {
        await shared.Server.ReadyAsync();
        using var client = shared.NewClient();
        using var answer = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData(null, "Send the API token as Authorization: Bearer <token>")]
    [InlineData("Basic dXNlcjpwYXNz", "Send the API token as Authorization: Bearer <token>")]
    [InlineData("Bearer other", "The token is not known or has expired")]
    [InlineData("Bearer esc_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "The token is not known or has expired")]
    public async Task Api_NobodysToken_IsToldApartFromNone(string? authorization, string detail)
    {
        using var client = shared.NewClient();
        client.DefaultRequestHeaders.Authorization = authorization is null ? null : AuthenticationHeaderValue.Parse(authorization);
        using var answer = await client.GetAsync("/api/v1/extensions");
        Assert.Equal(detail, (string?)(await RunningServer.ReadAsync(answer))["detail"]);
    }

    [Theory]
    [InlineData("viewer", "t1", "POST", "/api/v1/tenants/t1/installs", "operator, or admin")]
    [InlineData("gateway", "t1", "GET", "/api/v1/extensions", "operator, or publisher, or admin, or viewer")]
    [InlineData("viewer", "t1", "GET", "/api/v1/pause", "operator, or admin of all tenants, or viewer of all tenants")]
    [InlineData("admin", "*", "POST", "/api/v1/pause", "operator")]
    public async Task Api_RoleThatMayNot_IsToldWhichMay(string role, string tenant, string method, string path, string roles)
    {
        using var made = await shared.Server.Client.PostAsJsonAsync("/api/v1/tokens", new { name = "t", role, tenants = new[] { tenant }, expires = "never" });
        using var client = shared.NewClient();
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", (string?)(await RunningServer.ReadAsync(made))["secret"]);
        using var answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        Assert.Equal(
            (HttpStatusCode.Forbidden, $"The caller may not do this; it needs the role {roles}"),
            (answer.StatusCode, (string?)(await RunningServer.ReadAsync(answer))["detail"]));
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
