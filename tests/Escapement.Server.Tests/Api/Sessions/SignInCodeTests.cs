using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Escapement.AspNetCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Server.Tests.Api.Sessions;

public sealed class SignInCodeTests : IAsyncLifetime
{
    private const string Session = "/api/v1/session";
    private const string Code = "/api/v1/session/code";

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private RunningServer server = null!;

    public async ValueTask InitializeAsync() => server = await RunningServer.StartAsync(
        o => o.Roles = EscapementRoles.Api, services: s => s.AddSingleton<TimeProvider>(time));

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Begin_WithACodeOfAToken_SignsInAsItsBearerOnceAndNoSecondTime()
    {
        var token = await MakeTokenAsync("viewer");
        var code = await MakeCodeAsync((string)token["secret"]!);
        Assert.Matches("^esl_[A-Za-z0-9_-]{43}$", code);

        using var begun = await BeginAsync(new { code });
        Assert.Equal(HttpStatusCode.Created, begun.StatusCode);
        var bearer = await RunningServer.ReadAsync(begun);
        Assert.Equal(("viewer", "t1"), ((string?)bearer["role"], (string?)bearer["tenants"]![0]));
        Assert.Equal(HttpStatusCode.OK, await GetAsync("/api/v1/tenants/t1/runs", begun));
        Assert.Equal(HttpStatusCode.NotFound, await GetAsync("/api/v1/tenants/t2/runs", begun));

        using var again = await BeginAsync(new { code });
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
        Assert.Contains("make another link", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(again.Headers.Contains("Set-Cookie"));
        var audit = (await server.GetAsync("/api/v1/tenants/t1/audit"))["items"]!.AsArray().Select(e => $"{e!["action"]} {e["detail"]}").ToList();
        Assert.Contains("session.code viewer of t1", audit);
        Assert.Contains("session.begin viewer of t1; signed in with a link", audit);
    }

    [Theory]
    [InlineData(299, HttpStatusCode.Created)]
    [InlineData(300, HttpStatusCode.Unauthorized)]
    public async Task Begin_WithACodeOfFiveMinutesAgo_IsTooLate(int seconds, HttpStatusCode expected)
    {
        var code = await MakeCodeAsync(server.Token!);
        time.Advance(TimeSpan.FromSeconds(seconds));

        using var begun = await BeginAsync(new { code });
        Assert.Equal(expected, begun.StatusCode);
    }

    [Fact]
    public async Task Begin_WithACodeWhoseTokenWasRotated_IsRefused()
    {
        var token = await MakeTokenAsync("admin");
        var code = await MakeCodeAsync((string)token["secret"]!);
        using var rotated = await server.Client.PostAsJsonAsync($"/api/v1/tokens/{token["id"]}/rotate", new { graceSeconds = 0 });

        using var begun = await BeginAsync(new { code });
        Assert.Equal(HttpStatusCode.Unauthorized, begun.StatusCode);
    }

    [Fact]
    public async Task Session_ThatACodeBegan_EndsWithTheTokensSecret()
    {
        var token = await MakeTokenAsync("admin");
        using var begun = await BeginAsync(new { code = await MakeCodeAsync((string)token["secret"]!) });
        Assert.Equal(HttpStatusCode.OK, await GetAsync("/api/v1/tenants/t1/runs", begun));
        using var revoked = await server.Client.DeleteAsync($"/api/v1/tokens/{token["id"]}");
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync("/api/v1/tenants/t1/runs", begun));
    }

    [Fact]
    public async Task MakeCode_WithASessionsCookie_IsForbidden()
    {
        using var begun = await BeginAsync(new { token = server.Token });
        using var request = new HttpRequestMessage(HttpMethod.Post, Code);
        request.Headers.Add("Cookie", CookieOf(begun));
        using var made = await SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, made.StatusCode);
        Assert.Contains("Authorization: Bearer", await made.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MakeCode_Answered_IsKeptByNobodyOnTheWay()
    {
        using var made = await server.Client.PostAsync(Code, content: null);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.True(made.Headers.CacheControl?.NoStore);
        Assert.Equal("2026-03-02T09:05:00.000Z", (string?)(await RunningServer.ReadAsync(made))["expiresAt"]);
    }

    [Theory]
    [InlineData("esl_")]
    [InlineData("esl_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("esc_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Begin_WithWhatIsNoCode_IsRefused(string code)
    {
        using var begun = await BeginAsync(new { code });
        Assert.Equal(HttpStatusCode.Unauthorized, begun.StatusCode);
    }

    [Fact]
    public async Task Begin_WithBoth_NamesTheField()
    {
        var code = await MakeCodeAsync(server.Token!);
        using var begun = await BeginAsync(new { code, token = server.Token });
        Assert.Equal(HttpStatusCode.BadRequest, begun.StatusCode);
        Assert.Contains("leave one out", await begun.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var alone = await BeginAsync(new { code });
        Assert.Equal(HttpStatusCode.Created, alone.StatusCode);
    }

    [Fact]
    public async Task Begin_WithACodeFromElsewhereThanTheOwnPage_IsForbiddenAndLeavesTheCodeGood()
    {
        var code = await MakeCodeAsync(server.Token!);
        using var foreign = new HttpRequestMessage(HttpMethod.Post, Session) { Content = JsonContent.Create(new { code }) };
        foreign.Headers.Remove("Origin");
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = server.Address };
        using var refused = await client.SendAsync(foreign);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        using var begun = await BeginAsync(new { code });
        Assert.Equal(HttpStatusCode.Created, begun.StatusCode);
    }

    private async Task<JsonObject> MakeTokenAsync(string role)
    {
        using var made = await server.Client.PostAsJsonAsync("/api/v1/tokens", new { name = role, role, tenants = new[] { "t1" }, expires = "never" });
        return await RunningServer.ReadAsync(made);
    }

    private async Task<string> MakeCodeAsync(string secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Code);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        using var made = await SendAsync(request);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        return (string)(await RunningServer.ReadAsync(made))["code"]!;
    }

    private Task<HttpResponseMessage> BeginAsync(object body) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, Session) { Content = JsonContent.Create(body) });

    private async Task<HttpStatusCode> GetAsync(string path, HttpResponseMessage begun)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", CookieOf(begun));
        using var answer = await SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = server.Address };
        request.Headers.Add("x-escapement-console", "1");
        request.Headers.Add("Origin", $"http://{server.Address.Authority}");
        return await client.SendAsync(request);
    }

    private static string CookieOf(HttpResponseMessage answer) => answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
}
