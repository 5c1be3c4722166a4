using System.Net;
using System.Net.Http.Json;
using Escapement.Access;
using Escapement.AspNetCore;
using Escapement.Server.Tests.Access;
using Microsoft.AspNetCore.WebUtilities;

namespace Escapement.Server.Tests.Api.Sessions;

public sealed class ProviderSignInTests(ServerWithProvider shared) : IClassFixture<ServerWithProvider>, IDisposable
{
    private readonly HttpClient browser = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
    private readonly RunningServer server = shared.Server;
    private readonly TestProvider provider = shared.Provider;

    public void Dispose() => browser.Dispose();

    [Fact]
    public async Task SignIn_ThroughTheProvider_BeginsASessionAndLeadsBack()
    {
        var (there, flight) = await BeginAsync("?returnTo=%2Fschedules%3Fq%3D1");
        var asked = QueryHelpers.ParseQuery(new Uri(there).Query);
        Assert.Equal(
            ["code", "query", "S256", "console"],
            ((string[])["response_type", "response_mode", "code_challenge_method", "client_id"]).Select(name => asked[name].ToString()));
        Assert.DoesNotContain(flight.Split('=')[1].Split('.')[2], there, StringComparison.Ordinal);

        var back = await ProviderAsync(there);
        using var answer = await GetAsync(back, flight);

        Assert.Equal((HttpStatusCode.Redirect, "/schedules?q=1"), (answer.StatusCode, answer.Headers.Location?.ToString()));
        var session = Cookie(answer, "-signin=", has: false);
        using var mine = await GetAsync(new Uri(server.Address, "/api/v1/tenants/acme/runs").ToString(), session);
        Assert.Equal(HttpStatusCode.OK, mine.StatusCode);
        using var others = await GetAsync(new Uri(server.Address, "/api/v1/tenants/globex/runs").ToString(), session);
        Assert.Equal(HttpStatusCode.NotFound, others.StatusCode);
        using var who = await GetAsync(new Uri(server.Address, "/api/v1/session").ToString(), session);
        Assert.Equal("anna", (string?)(await RunningServer.ReadAsync(who))["name"]);
    }

    [Fact]
    public async Task Callback_OfASignInThatAnotherBrowserBegan_IsRefused()
    {
        var (there, _) = await BeginAsync();
        var back = await ProviderAsync(there);
        var (_, others) = await BeginAsync();

        foreach (var flight in (string?[])[null, others, "escapement-nothing-signin=a.b.c.Lw"])
        {
            using var answer = await GetAsync(back, flight);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.DoesNotContain(answer.Headers.GetValues("Set-Cookie"), c => !c.Contains("-signin=", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Callback_WithACodeThatAnotherSignInGot_IsRefusedByTheProvider()
    {
        var (there, _) = await BeginAsync();
        var code = QueryHelpers.ParseQuery(new Uri(await ProviderAsync(there)).Query)["code"].ToString();
        var (_, flight) = await BeginAsync();
        var state = flight.Split('=')[1].Split('.')[0];

        var back = new Uri(server.Address, $"/api/v1/session/callback?state={state}&code={Uri.EscapeDataString(code)}");
        using var answer = await GetAsync(back.ToString(), flight);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Callback_OfSomebodyWhomNothingMaps_IsForbidden()
    {
        var (there, flight) = await BeginAsync();
        using var answer = await GetAsync(await ProviderAsync(there, user: "nobody"), flight);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Callback_WithoutACode_IsRefused()
    {
        var (there, flight) = await BeginAsync();
        var state = QueryHelpers.ParseQuery(new Uri(there).Query)["state"];
        using var answer = await GetAsync(new Uri(server.Address, $"/api/v1/session/callback?error=access_denied&state={state}").ToString(), flight);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("schedules")]
    [InlineData("")]
    [InlineData("/a\nb")]
    public async Task SignIn_ToAnotherOrigin_IsRefused(string returnTo)
    {
        using var answer = await GetAsync(new Uri(server.Address, $"/api/v1/session/sign-in?returnTo={Uri.EscapeDataString(returnTo)}").ToString());
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    /// <summary>The answer was 500, after the session had begun.</summary>
    [Fact]
    public async Task SignIn_ToAPathThatIsNotAscii_LeadsThereAsBytes()
    {
        var (there, flight) = await BeginAsync($"?returnTo={Uri.EscapeDataString("/t/acme/schedules?q=é 日%20x")}");
        using var answer = await GetAsync(await ProviderAsync(there), flight);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/t/acme/schedules?q=%C3%A9%20%E6%97%A5%20x", answer.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData(2_048, true)]
    [InlineData(2_049, false)]
    public async Task SignIn_ToAPathOfManyFilters_LeadsThereOrToTheStartOfTheConsole(int length, bool isKept)
    {
        var path = "/schedules?q=".PadRight(length, 'x');
        var (there, flight) = await BeginAsync($"?returnTo={Uri.EscapeDataString(path)}");
        using var answer = await GetAsync(await ProviderAsync(there), flight);
        Assert.Equal(isKept ? path : "/", answer.Headers.Location?.OriginalString);
    }

    /// <summary>OpenID Connect Core, section 3.1.3.7.</summary>
    [Theory]
    [InlineData("console", "console", HttpStatusCode.Redirect)]
    [InlineData("console", null, HttpStatusCode.Redirect)]
    [InlineData("console other", "console", HttpStatusCode.Redirect)]
    [InlineData("console other", "other", HttpStatusCode.Unauthorized)]
    [InlineData("console other", null, HttpStatusCode.Unauthorized)]
    [InlineData("console", "other", HttpStatusCode.Unauthorized)]
    [InlineData("other", "console", HttpStatusCode.Unauthorized)]
    public async Task Callback_OfATokenForSeveral_IsTakenWhenItWasGivenToThisClient(string audiences, string? party, HttpStatusCode expected)
    {
        var (there, flight) = await BeginAsync();
        provider.IdentityTokenIsFor = (audiences.Split(' '), party);
        try
        {
            using var answer = await GetAsync(await ProviderAsync(there), flight);
            Assert.Equal(expected, answer.StatusCode);
        }
        finally
        {
            provider.IdentityTokenIsFor = null;
        }
    }

    [Theory]
    [InlineData("first-token", "admin_of")]
    [InlineData("zoe", "gateway_of")]
    public async Task Callback_OfWhoIsCalledAsTheHostOrMayDoNothingHere_IsForbidden(string user, string claim)
    {
        var (there, flight) = await BeginAsync();
        using var answer = await GetAsync(await ProviderAsync(there, user, claim), flight);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.DoesNotContain(answer.Headers.GetValues("Set-Cookie"), c => !c.Contains("-signin=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SignIn_OverASession_EndsThatOne()
    {
        var mine = new Uri(server.Address, "/api/v1/tenants/acme/runs").ToString();
        var (there, flight) = await BeginAsync();
        using var first = await GetAsync(await ProviderAsync(there), flight);
        var former = Cookie(first, "-signin=", has: false);
        (there, flight) = await BeginAsync();
        using var second = await GetAsync(await ProviderAsync(there), $"{flight}; {former}");

        using var over = await GetAsync(mine, former);
        using var goesOn = await GetAsync(mine, Cookie(second, "-signin=", has: false));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (over.StatusCode, goesOn.StatusCode));
    }

    /// <summary>Both are called zoe and may do the same: the preview was good for either.</summary>
    [Fact]
    public async Task Preview_ThatATokensBearerWasShown_IsUnknownToAUserOfItsName()
    {
        using var made = await server.Client.PostAsJsonAsync("/api/v1/tokens", new { name = "zoe", role = "admin", tenants = new[] { "acme" } });
        var token = (string)(await RunningServer.ReadAsync(made))["secret"]!;
        var preview = new Uri(server.Address, "/api/v1/tenants/acme/schedules/bulk/preview");
        using var asked = new HttpRequestMessage(HttpMethod.Post, preview) { Content = JsonContent.Create(new { action = "enable" }) };
        asked.Headers.Authorization = new("Bearer", token);
        using var shown = await browser.SendAsync(asked);
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);

        using var commit = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, "/api/v1/tenants/acme/schedules/bulk"));
        commit.Content = JsonContent.Create(new { previewToken = (string)(await RunningServer.ReadAsync(shown))["token"]! });
        commit.Headers.Authorization = new("Bearer", await provider.TokenAsync("escapement", ("sub", "zoe"), ("admin_of", "acme")));
        using var refused = await browser.SendAsync(commit);

        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    [Fact]
    public async Task SignIn_WhileTheProviderIsAway_SaysSo()
    {
        await using var away = new ServerWithProvider();
        await away.InitializeAsync();
        await away.Provider.StopAsync();
        using var answer = await GetAsync(new Uri(away.Server.Address, "/api/v1/session/sign-in").ToString());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    private async Task<(string There, string Flight)> BeginAsync(string query = "")
    {
        using var answer = await GetAsync(new Uri(server.Address, $"/api/v1/session/sign-in{query}").ToString());
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return (answer.Headers.Location!.ToString(), Cookie(answer, "-signin=", has: true));
    }

    // Where the provider sends the browser back to.
    private async Task<string> ProviderAsync(string there, string user = "anna", string claim = "admin_of")
    {
        provider.User = user == "nobody" ? [("sub", user)] : [("sub", user), (claim, "acme")];
        using var answer = await GetAsync(there);
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync());
        return answer.Headers.Location!.ToString();
    }

    private static string Cookie(HttpResponseMessage answer, string part, bool has) =>
        answer.Headers.GetValues("Set-Cookie").Single(c => c.Contains(part, StringComparison.Ordinal) == has).Split(';')[0];

    private async Task<HttpResponseMessage> GetAsync(string address, string? cookie = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (cookie is not null)
        {
            request.Headers.TryAddWithoutValidation("Cookie", cookie);
        }

        return await browser.SendAsync(request);
    }
}

/// <summary>A provider, and a server that takes its word.</summary>
public sealed class ServerWithProvider : IAsyncLifetime
{
    internal TestProvider Provider { get; private set; } = null!;

    internal RunningServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Provider = await TestProvider.StartAsync();
        Server = await RunningServer.StartAsync(o =>
        {
            o.Roles = EscapementRoles.Api;
            o.Oidc = new OidcOptions
            {
                Authority = Provider.Authority,
                Audience = "escapement",
                ClientId = "console",
                ClientSecret = "of the client",
                Mappings =
                [
                    new OidcMapping { Claim = "admin_of", Value = "*", Role = EscapementRole.Admin, Tenants = ["{value}"] },
                    new OidcMapping { Claim = "gateway_of", Value = "*", Role = EscapementRole.Gateway, Tenants = ["{value}"] },
                ],
            };
        });
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Provider.DisposeAsync();
    }
}
