using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Escapement.Access;
using Escapement.AspNetCore;
using Escapement.AspNetCore.Access;
using Escapement.Time;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Escapement.Server.Tests.Api.Sessions;

public sealed class SessionTests
{
    private const string Runs = "/api/v1/tenants/t1/runs";
    private const string Installs = "/api/v1/tenants/t1/installs";

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Begin_OnLoopback_SetsACookieThatIsThisPortsAndLetsIn()
    {
        await using var server = await StartAsync();
        using var answer = await BeginAsync(server);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var set = answer.Headers.GetValues("Set-Cookie").Single();
        Assert.Matches($"^escapement-{server.Address.Port}-[0-9a-f]{{16}}=[A-Za-z0-9_-]{{43}}; max-age=86400; path=/; samesite=lax; httponly$", set);
        var body = await RunningServer.ReadAsync(answer);
        Assert.Equal(("first-token", "operator", "2026-03-02T17:00:00.000Z"), ((string?)body["name"], (string?)body["role"], (string?)body["endsAt"]));

        Assert.Equal(HttpStatusCode.OK, await SendAsync(server, HttpMethod.Get, Runs, CookieOf(answer)));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(server, HttpMethod.Get, "/api/v1/session", CookieOf(answer)));
    }

    [Theory]
    [InlineData(1, "2026-03-02T09:00:10.000Z")]
    [InlineData(60, "2026-03-02T09:10:00.000Z")]
    public async Task Get_OnAClockOfThisSpeed_SaysWhatItShowsAndHowFastItRuns(double speed, string now)
    {
        await using var server = await RunningServer.StartAsync(
            o => o.Roles = EscapementRoles.Api, services: s => s.AddSingleton<TimeProvider>(new TimeLapse(speed, time)));
        time.Advance(TimeSpan.FromSeconds(10));
        var session = await server.GetAsync("/api/v1/session");
        Assert.Equal((now, speed), ((string?)session["now"], (double)session["clockSpeed"]!));
    }

    [Fact]
    public async Task IsLetInAgain_ByACookieWhoseNameHasThePort_Is()
    {
        await using var server = await StartAsync();
        using var answer = await BeginAsync(server);
        await using var scope = server.Services.CreateAsyncScope();
        var context = new DefaultHttpContext
        {
            RequestServices = scope.ServiceProvider,
            Request = { Method = "GET", Scheme = "http", Host = new HostString(server.Address.Authority) },
        };
        context.Request.Headers.Cookie = CookieOf(answer);
        context.SetEndpoint(server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Single(e => e.RoutePattern.RawText == "/api/v1/tenants/{tenant}/events"));

        Assert.True(await new AccessAgain(context, TenantId.Parse("t1")).IsLetInAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Begin_ThroughAProxyThatSpeaksHttps_SetsACookieOfThisHostAlone()
    {
        await using var server = await StartAsync(("Escapement:Proxies", "127.0.0.1"));
        using var answer = await BeginAsync(server, ("X-Forwarded-Proto", "https"), ("Origin", $"https://{server.Address.Authority}"));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Matches(
            "^__Host-escapement-[0-9a-f]{16}=[A-Za-z0-9_-]{43}; max-age=86400; path=/; secure; samesite=lax; httponly$",
            answer.Headers.GetValues("Set-Cookie").Single());
    }

    [Theory]
    [InlineData(false, HttpStatusCode.Forbidden)]
    [InlineData(true, HttpStatusCode.Created)]
    public async Task Begin_OnPlainHttpElsewhere_SaysWhyNotUnlessItIsAllowed(bool allowed, HttpStatusCode expected)
    {
        await using var server = await RunningServer.StartAsync(o => o.AllowHttp = allowed);
        using var answer = await BeginAsync(server, ("Host", "scheduler.example"), ("Origin", "http://scheduler.example"));
        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(!allowed, (await answer.Content.ReadAsStringAsync()).Contains("needs https", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Begin_WithAWrongToken_IsRefusedAndSlowedDown()
    {
        await using var server = await StartAsync();
        for (var i = 0; i < 10; i++)
        {
            using var wrong = await BeginAsync(server, "esc_" + new string('A', 43));
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
            Assert.False(wrong.Headers.Contains("Set-Cookie"));
        }

        var failures = server.Services.GetRequiredService<AspNetCore.Access.FailedSignIns>();
        while (!failures.Count("127.0.0.1").Refuse)
        {
        }

        using var refused = await BeginAsync(server, "esc_" + new string('A', 43));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        using var right = await BeginAsync(server);
        Assert.Equal(HttpStatusCode.Created, right.StatusCode);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("1", null)]
    [InlineData(null, "own")]
    [InlineData("1", "http://evil.example")]
    [InlineData("1", "null")]
    [InlineData("0", "own")]
    public async Task Change_ThatIsNotTheOwnPages_IsForbiddenThoughTheCookieIsGood(string? header, string? origin)
    {
        await using var server = await StartAsync();
        using var begun = await BeginAsync(server);
        var sent = new List<(string, string)>();
        if (header is not null)
        {
            sent.Add(("x-escapement-console", header));
        }

        if (origin is not null)
        {
            sent.Add(("Origin", origin == "own" ? Origin(server) : origin));
        }

        (string, string)[] headers = [.. sent];
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(server, HttpMethod.Post, Installs, CookieOf(begun), headers));
        using var begin = await BeginBareAsync(server, headers);
        Assert.Equal(HttpStatusCode.Forbidden, begin.StatusCode);
        Assert.Empty((await server.GetAsync(Installs))["items"]!.AsArray());
    }

    [Theory]
    [InlineData("PATCH")]
    [InlineData("DELETE")]
    public async Task Change_ByAnyMethodThatIsNotTheOwnPages_IsForbidden(string method)
    {
        await using var server = await StartAsync();
        var install = await server.InstallAsync();
        using var begun = await BeginAsync(server);
        foreach (var headers in ((string, string)[][])[[], [("Origin", Origin(server))], [("x-escapement-console", "1"), ("Origin", "http://evil.example")]])
        {
            Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(server, HttpMethod.Parse(method), install, CookieOf(begun), headers));
        }

        await server.GetAsync(install);
        Assert.NotEqual(HttpStatusCode.Forbidden, await SendAsync(server, HttpMethod.Parse(method), install, CookieOf(begun), Own(server)));
    }

    // Cookies of all paths of a host meet, and a browser sends those of a path below it too.
    [Fact]
    public async Task Begin_BelowAPath_SetsACookieOfThatPathThatLetsNobodyInElsewhere()
    {
        await using var server = await StartAsync(("Escapement:Proxies", "127.0.0.1"));
        (string, string)[] prefix = [("X-Forwarded-Prefix", "/a/b")];
        using var below = await BeginAsync(server, prefix);
        using var root = await BeginAsync(server);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (below.StatusCode, root.StatusCode));

        Assert.Contains("; path=/a/b; ", below.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
        Assert.NotEqual(CookieOf(root).Split('=')[0], CookieOf(below).Split('=')[0]);
        Assert.Equal(HttpStatusCode.OK, await SendAsync(server, HttpMethod.Get, Runs, CookieOf(below), prefix));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(server, HttpMethod.Get, Runs, CookieOf(root), prefix));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(server, HttpMethod.Get, Runs, CookieOf(below)));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(server, HttpMethod.Get, Runs, CookieOf(root)));
    }

    [Fact]
    public async Task Change_OfTheOwnPage_IsMade()
    {
        await using var server = await StartAsync();
        using var begun = await BeginAsync(server);
        var status = await SendAsync(server, HttpMethod.Post, Installs, CookieOf(begun), Own(server));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
    }

    [Fact]
    public async Task Gateway_WithACookie_Answers401()
    {
        await using var server = await StartAsync();
        await server.InstallAsync();
        using var begun = await BeginAsync(server);
        (string, string)[] headers = [("x-alga-tenant", "t1"), .. Own(server)];
        var path = $"/api/ext/{RunningServer.Extension}/api/status";
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(server, HttpMethod.Get, path, CookieOf(begun), headers));
    }

    [Fact]
    public async Task End_SignsOut()
    {
        await using var server = await StartAsync();
        using var begun = await BeginAsync(server);
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(server, HttpMethod.Delete, "/api/v1/session", CookieOf(begun), Own(server)));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(server, HttpMethod.Get, Runs, CookieOf(begun)));
        Assert.Null(await server.Services.GetRequiredService<ISessionStore>().FindAsync(SessionOperations.Hash(CookieOf(begun).Split('=')[1])!));
    }

    /// <summary>The cookie was another's from then on, and the session before was good for hours, with nobody to know of it.</summary>
    [Fact]
    public async Task Begin_OverASession_EndsThatOne()
    {
        await using var server = await StartAsync();
        var anna = (string)(await MakeTokenAsync(server))["secret"]!;
        using var first = await BeginAsync(server);

        using var refused = await BeginAsync(server, [("Cookie", CookieOf(first))], "esc_" + new string('A', 43));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await SendAsync(server, HttpMethod.Get, Runs, CookieOf(first)));
        using var second = await BeginAsync(server, [("Cookie", CookieOf(first))], anna);

        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(server, HttpMethod.Get, Runs, CookieOf(first)));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(server, HttpMethod.Get, Runs, CookieOf(second)));
        var ended = (await server.GetAsync("/api/v1/audit?action=session.end"))["items"]!.AsArray();
        Assert.Equal("first-token", (string?)Assert.Single(ended)!["actor"]!["id"]);
    }

    /// <summary>It could do nothing with its session, not even end it.</summary>
    [Fact]
    public async Task Begin_WithAGatewaysToken_IsRefusedInWords()
    {
        await using var server = await StartAsync();
        using var made = await server.Client.PostAsJsonAsync("/api/v1/tokens", new { name = "platform", role = "gateway", tenants = new[] { "t1" } });

        using var answer = await BeginAsync(server, (string)(await RunningServer.ReadAsync(made))["secret"]!);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Contains("The role gateway calls extensions", (string?)(await RunningServer.ReadAsync(answer))["detail"], StringComparison.Ordinal);
        Assert.Empty((await server.GetAsync("/api/v1/sessions"))["items"]!.AsArray());
    }

    /// <summary>A console that was left open asked every five seconds whether its stream still might, and that counted as its use.</summary>
    [Fact]
    public async Task Session_OfAPageThatNobodyTouches_EndsAfterEightHours()
    {
        await using var server = await StartAsync();
        using var begun = await BeginAsync(server);
        time.Advance(TimeSpan.FromHours(7));
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = server.Address };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Cookie", CookieOf(begun));
        using var stream = await client.GetAsync("/api/v1/tenants/t1/events", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, stream.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await SendAsync(server, HttpMethod.Get, Runs, CookieOf(begun), ("x-escapement-unattended", "1")));

        time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(server, HttpMethod.Get, Runs, CookieOf(begun)));
    }

    [Fact]
    public async Task Session_ThatIsUsed_GoesOnFromThen()
    {
        await using var server = await StartAsync();
        using var begun = await BeginAsync(server);
        time.Advance(TimeSpan.FromHours(7));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(server, HttpMethod.Get, Runs, CookieOf(begun)));
        time.Advance(TimeSpan.FromHours(7));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(server, HttpMethod.Get, Runs, CookieOf(begun)));
    }

    [Fact]
    public async Task Cookie_ThatAnotherOneWasPutBeside_LetsNobodyIn()
    {
        await using var server = await StartAsync();
        using var begun = await BeginAsync(server);
        var cookie = CookieOf(begun);
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(server, HttpMethod.Get, Runs, $"{cookie}; {cookie.Split('=')[0]}={new string('A', 43)}"));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(server, HttpMethod.Get, Runs, $"other=1; {cookie}; {cookie.Split('=')[0]}x=1"));
    }

    [Fact]
    public async Task Session_WhoseTokenIsRotatedOrRevoked_IsOverWithItsSecret()
    {
        await using var server = await StartAsync();
        var token = await MakeTokenAsync(server);
        using var begun = await BeginAsync(server, (string)token["secret"]!);
        Assert.Equal(HttpStatusCode.OK, await SendAsync(server, HttpMethod.Get, Runs, CookieOf(begun)));
        using var rotated = await server.Client.PostAsJsonAsync($"/api/v1/tokens/{token["id"]}/rotate", new { graceSeconds = 0 });
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(server, HttpMethod.Get, Runs, CookieOf(begun)));

        using var again = await BeginAsync(server, (string)(await RunningServer.ReadAsync(rotated))["secret"]!);
        Assert.Equal(HttpStatusCode.OK, await SendAsync(server, HttpMethod.Get, Runs, CookieOf(again)));
        using var revoked = await server.Client.DeleteAsync($"/api/v1/tokens/{token["id"]}");
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(server, HttpMethod.Get, Runs, CookieOf(again)));
    }

    private Task<RunningServer> StartAsync(params (string, string?)[] settings) => RunningServer.StartAsync(
        o => o.Roles = EscapementRoles.Api, services: s => s.AddSingleton<TimeProvider>(time), settings: settings);

    private static string Origin(RunningServer server) => $"http://{server.Address.Authority}";

    private static (string, string)[] Own(RunningServer server) => [("x-escapement-console", "1"), ("Origin", Origin(server))];

    private static string CookieOf(HttpResponseMessage answer) => answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];

    private static Task<HttpResponseMessage> BeginAsync(RunningServer server, params (string Name, string Value)[] headers) =>
        BeginBareAsync(server, [.. Own(server).Where(o => !headers.Any(h => h.Name == o.Item1)), .. headers]);

    private static Task<HttpResponseMessage> BeginAsync(RunningServer server, string token) => BeginAsync(server, [], token);

    private static Task<HttpResponseMessage> BeginAsync(RunningServer server, (string, string)[] headers, string token) =>
        BeginBareAsync(server, [.. Own(server), .. headers], token);

    private static async Task<HttpResponseMessage> BeginBareAsync(RunningServer server, (string Name, string Value)[] headers, string? token = null)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/session") { Content = JsonContent.Create(new { token = token ?? server.Token }) };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await client.SendAsync(request);
    }

    private static async Task<HttpStatusCode> SendAsync(RunningServer server, HttpMethod method, string path, string cookie, params (string, string)[] headers)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Cookie", cookie);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (method == HttpMethod.Post)
        {
            request.Content = JsonContent.Create(new { extensionId = "com.acme.none" });
        }

        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    private static async Task<JsonObject> MakeTokenAsync(RunningServer server)
    {
        using var made = await server.Client.PostAsJsonAsync("/api/v1/tokens", new { name = "anna", role = "admin", tenants = new[] { "t1" } });
        return await RunningServer.ReadAsync(made);
    }
}
