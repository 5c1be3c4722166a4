using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Escapement.Server.Tests.Api.Sessions;

public sealed class SessionListTests
{
    private const string Sessions = "/api/v1/sessions";

    [Fact]
    public async Task List_ByAnAdminOfATenant_HasThoseWhoMayDoNoMore()
    {
        await using var server = await RunningServer.StartAsync();
        var (admin, other) = (await TokenAsync(server, "admin", "t1"), await TokenAsync(server, "viewer", "t2"));
        await BeginAsync(server, server.Token!);
        var cookie = await BeginAsync(server, admin);
        await BeginAsync(server, other);

        Assert.Equal(["viewer of t2", "admin of t1", "first-token"], Names(await SendAsync(server, HttpMethod.Get, Sessions, server.Token!)));
        var own = await SendAsync(server, HttpMethod.Get, Sessions, admin);
        Assert.Equal(["admin of t1"], Names(own));
        Assert.False((bool)own["items"]![0]!["current"]!);
        var called = await SendAsync(server, HttpMethod.Get, "/api/v1/session", admin);
        Assert.Equal((string?)called["tokenId"], (string?)own["items"]![0]!["tokenId"]);
        Assert.Null(called["sessionId"]);

        var here = await SendAsync(server, HttpMethod.Get, "/api/v1/session", cookie: cookie);
        Assert.Equal(((string?)own["items"]![0]!["id"], (string?)called["tokenId"]), ((string?)here["sessionId"], (string?)here["tokenId"]));
        Assert.True((bool)(await SendAsync(server, HttpMethod.Get, Sessions, cookie: cookie))["items"]![0]!["current"]!);
        var page = await SendAsync(server, HttpMethod.Get, $"{Sessions}?limit=1", server.Token!);
        var rest = await SendAsync(server, HttpMethod.Get, $"{Sessions}?cursor={page["nextCursor"]}", server.Token!);
        Assert.Equal(["admin of t1", "first-token"], Names(rest));
    }

    [Fact]
    public async Task End_AnotherBrowsers_SignsItOutAndSaysWho()
    {
        await using var server = await RunningServer.StartAsync();
        var admin = await TokenAsync(server, "admin", "t1");
        var cookie = await BeginAsync(server, admin);
        var id = (string)(await SendAsync(server, HttpMethod.Get, Sessions, admin))["items"]![0]!["id"]!;

        var stranger = await TokenAsync(server, "admin", "t2");
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(server, HttpMethod.Delete, $"{Sessions}/{id}", stranger));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, HttpMethod.Get, "/api/v1/session", cookie: cookie));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(server, HttpMethod.Delete, $"{Sessions}/{id}", server.Token!));

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, HttpMethod.Get, "/api/v1/session", cookie: cookie));
        Assert.Empty(Names(await SendAsync(server, HttpMethod.Get, Sessions, admin)));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(server, HttpMethod.Delete, $"{Sessions}/{id}", server.Token!));
        var entry = (await server.GetAsync("/api/v1/tenants/t1/audit?action=session.end"))["items"]![0]!;
        Assert.Equal(("first-token", "admin of t1, admin of t1; signed in with a token"), ((string?)entry["actor"]!["id"], (string?)entry["detail"]));
    }

    [Fact]
    public async Task List_OfATokenThatWasRevoked_HasItNoMore()
    {
        await using var server = await RunningServer.StartAsync();
        await BeginAsync(server, await TokenAsync(server, "admin", "t1"));
        var listed = (await SendAsync(server, HttpMethod.Get, Sessions, server.Token!))["items"]![0]!;
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(server, HttpMethod.Delete, $"/api/v1/tokens/{listed["tokenId"]}", server.Token!));

        Assert.Empty(Names(await SendAsync(server, HttpMethod.Get, Sessions, server.Token!)));
    }

    private static IEnumerable<string?> Names(JsonObject page) => page["items"]!.AsArray().Select(i => (string?)i!["name"]);

    // In a browser of its own: one that signs in anew ends the session that it had.
    private static async Task<string> BeginAsync(RunningServer server, string token)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/session") { Content = JsonContent.Create(new { token }) };
        request.Headers.Add("x-escapement-console", "1");
        request.Headers.Add("Origin", server.Address.GetLeftPart(UriPartial.Authority));
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    private static async Task<JsonObject> SendAsync(RunningServer server, HttpMethod method, string path, string? token = null, string? cookie = null)
    {
        using var answer = await AnswerAsync(server, method, path, token, cookie);
        Assert.Equal((path, HttpStatusCode.OK), (path, answer.StatusCode));
        return await RunningServer.ReadAsync(answer);
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningServer server, HttpMethod method, string path, string? token = null, string? cookie = null)
    {
        using var answer = await AnswerAsync(server, method, path, token, cookie);
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> AnswerAsync(RunningServer server, HttpMethod method, string path, string? token, string? cookie)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return await client.SendAsync(request);
    }

    private static async Task<string> TokenAsync(RunningServer server, string role, string tenant)
    {
        using var made = await server.Client.PostAsJsonAsync("/api/v1/tokens", new { name = $"{role} of {tenant}", role, tenants = new[] { tenant } });
        return (string)(await RunningServer.ReadAsync(made))["secret"]!;
    }
}
