using System.Net;
using System.Text;
using Escapement.AspNetCore;

namespace Escapement.Server.Tests.Api.Sessions;

/// <summary>Whoever brings nothing that signs in is told so with a problem, and gets neither a cookie nor an answer that looks like a success.</summary>
public sealed class SignInAnswerTests
{
    [Theory]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("null", HttpStatusCode.BadRequest)]
    [InlineData("[]", HttpStatusCode.BadRequest)]
    [InlineData("\"token\"", HttpStatusCode.BadRequest)]
    [InlineData("""{"token":1}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"secret":"x"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"token":"x","code":"y"}""", HttpStatusCode.BadRequest)]
    [InlineData("{}", HttpStatusCode.Unauthorized)]
    [InlineData("""{"token":null,"code":null}""", HttpStatusCode.Unauthorized)]
    [InlineData("""{"token":""}""", HttpStatusCode.Unauthorized)]
    [InlineData("""{"token":"esc_x"}""", HttpStatusCode.Unauthorized)]
    [InlineData("""{"code":""}""", HttpStatusCode.Unauthorized)]
    public async Task Begin_WithNothingThatSignsIn_IsAProblemWithoutACookie(string body, HttpStatusCode expected)
    {
        await using var server = await RunningServer.StartAsync(o => o.Roles = EscapementRoles.Api);

        await IsProblemAsync(server, expected, HttpMethod.Post, "/api/v1/session", body, bearer: null);

        // Nor does what else the request brings sign in for it.
        await IsProblemAsync(server, expected, HttpMethod.Post, "/api/v1/session", body, server.Token);
    }

    [Theory]
    [InlineData("DELETE", "/api/v1/session")]
    [InlineData("POST", "/api/v1/session/code")]
    [InlineData("GET", "/api/v1/session/sign-in", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1/session/callback", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1/sessions")]
    public async Task Request_WithoutATokenThatIsKnown_IsAProblem(string method, string path, HttpStatusCode expected = HttpStatusCode.Unauthorized)
    {
        await using var server = await RunningServer.StartAsync(o => o.Roles = EscapementRoles.Api);

        await IsProblemAsync(server, expected, new HttpMethod(method), path, body: null, bearer: null);
        await IsProblemAsync(server, expected, new HttpMethod(method), path, body: null, "esc_" + new string('A', 43));
    }

    [Fact]
    public async Task Get_OfTheHostsOwnPageWithNobodySignedIn_Is204AndWithAWrongTokenAProblem()
    {
        await using var server = await RunningServer.StartAsync(o => o.Roles = EscapementRoles.Api);
        using var browser = new HttpClient { BaseAddress = server.Address };
        browser.DefaultRequestHeaders.Add("x-escapement-console", "1");

        Assert.Equal((HttpStatusCode.NoContent, 0), await AskAsync("/api/v1/session"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync("/api/v1/sessions")).Status);

        browser.DefaultRequestHeaders.Authorization = new("Bearer", "esc_" + new string('A', 43));
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync("/api/v1/session")).Status);

        async Task<(HttpStatusCode Status, int Length)> AskAsync(string path)
        {
            using var answer = await browser.GetAsync(path);
            return (answer.StatusCode, (await answer.Content.ReadAsByteArrayAsync()).Length);
        }
    }

    private static async Task IsProblemAsync(
        RunningServer server, HttpStatusCode expected, HttpMethod method, string path, string? body, string? bearer)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("x-escapement-console", "1");
        request.Headers.TryAddWithoutValidation("Origin", $"http://{server.Address.Authority}");
        if (bearer is not null)
        {
            request.Headers.Authorization = new("Bearer", bearer);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var answer = await client.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }
}
