using System.Net;
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
    private async Task<string> ProviderAsync(string there, string user = "anna")
    {
        provider.User = user == "anna" ? [("sub", user), ("admin_of", "acme")] : [("sub", user)];
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
                Mappings = [new OidcMapping { Claim = "admin_of", Value = "*", Role = EscapementRole.Admin, Tenants = ["{value}"] }],
            };
        });
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Provider.DisposeAsync();
    }
}
