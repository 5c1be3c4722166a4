using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Embedding;
using Escapement.Access;
using Escapement.AspNetCore;
using Escapement.Compiling;
using Escapement.Gateway;
using Escapement.HostApi;
using Escapement.Installs;
using Escapement.Publishing;
using Escapement.Runs;
using Escapement.Scheduling;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Escapement.Server.Tests;

public sealed class EmbeddingTests
{
    [Fact]
    public async Task Sample_Started_ServesItsOwnPageBesideTheHost()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        string? token = null;
        await using var app = Shop.Build(builder, o =>
        {
            o.DataFolder = TestFolders.New();
            o.OnFirstToken = t => token = t;
        });
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        Assert.Equal("The shop is open.", await client.GetStringAsync("/"));
        using var refused = await client.GetAsync("/extensions/api/v1/extensions");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var elsewhere = await client.GetAsync("/nothing");
        Assert.Equal((HttpStatusCode.NotFound, 0L), (elsewhere.StatusCode, elsewhere.Content.Headers.ContentLength));

        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        Assert.Contains("items", await client.GetStringAsync("/extensions/api/v1/extensions"), StringComparison.Ordinal);
        Assert.Contains("/extensions/api/v1/extensions", await client.GetStringAsync("/extensions/openapi.json"), StringComparison.Ordinal);
        await app.StopAsync();
    }

    [Fact]
    public void AddEscapement_OptionsOutOfRange_NamesEveryProblem()
    {
        var thrown = Assert.Throws<OptionsValidationException>(() => new ServiceCollection().AddEscapement(o =>
        {
            o.DataFolder = " ";
            o.ApiPrefix = "api";
            o.TimeLapse = 1001;
            o.Limits = new() { MaxPerInstall = 0 };
        }));
        Assert.Equal(4, thrown.Failures.Count());
    }

    [Fact]
    public async Task MapEscapement_PolicyThatTheApplicationLacks_IsRefusedByName()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddEscapement(o =>
        {
            o.DataFolder = TestFolders.New();
            o.AuthorizationPolicy = "operators";
        });
        await using var app = builder.Build();

        var thrown = Assert.Throws<InvalidOperationException>(() => app.MapEscapement());
        Assert.Contains("\"operators\"", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindPrincipal_OfTheApplicationsUsers_HoldsThemToRoleAndTenants()
    {
        await using var app = await StartWithUsersAsync(o => o.FindPrincipal = context => context.Request.Headers["x-user"].ToString() switch
        {
            "ops" => new EscapementPrincipal(EscapementRole.Operator, TenantScope.All, "ops"),
            "anna" => new EscapementPrincipal(EscapementRole.Admin, TenantScope.Of(TenantId.Parse("acme")), "anna@acme.example"),
            "nobody" => null,
            var wrong => new EscapementPrincipal((EscapementRole)99, TenantScope.All, wrong),
        });

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(app, user: null, "/api/v1/tenants/acme/runs"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(app, "ops", "/api/v1/tenants/globex/runs"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(app, "anna", "/api/v1/tenants/acme/runs"));
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(app, "anna", "/api/v1/tenants/globex/runs"));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(app, "anna", "/api/ext/com.acme.sync/api/status"));
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(app, "nobody", "/api/v1/tenants/acme/runs"));
        Assert.Equal(HttpStatusCode.InternalServerError, await AskAsync(app, "mapped wrongly", "/api/v1/tenants/acme/runs"));
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(app, "ops", "/api/v1/tokens"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(app, "anna", "/api/v1/session"));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(app, user: null, "/api/v1/session"));
        await app.StopAsync();
    }

    [Fact]
    public async Task AuthorizationPolicy_WithoutAFunction_LetsItsUsersDoEverything()
    {
        await using var app = await StartWithUsersAsync(_ => { });

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(app, user: null, "/api/v1/extensions"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(app, "anna", "/api/v1/tenants/acme/runs"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(app, "anna", "/api/v1/extensions"));
        await app.StopAsync();
    }

    [Fact]
    public async Task AuthorizationPolicy_OfCookies_TakesChangesOfTheHostsOwnPageAlone()
    {
        await using var app = await StartWithUsersAsync(_ => { }, byCookie: true);
        var own = app.Urls.Single();
        using var signIn = await SendAsync(app, HttpMethod.Get, "/sign-in");
        var cookie = signIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        (HttpMethod Method, string Path, HttpStatusCode LetIn)[] changes =
        [
            (HttpMethod.Post, "/api/v1/tenants/acme/resume", HttpStatusCode.Conflict),
            (HttpMethod.Patch, $"/api/v1/tenants/acme/installs/{Guid.Empty}", HttpStatusCode.NotFound),
            (HttpMethod.Delete, $"/api/v1/tenants/acme/installs/{Guid.Empty}", HttpStatusCode.NotFound),
        ];
        (string? Header, string? Origin)[] foreign = [(null, null), (null, own), ("1", null), ("1", "null"), ("1", "https://evil.example"), ("0", own)];
        foreach (var (method, path, letIn) in changes)
        {
            foreach (var (header, origin) in foreign)
            {
                using var refused = await SendAsync(app, method, path, ("Cookie", cookie), ("x-escapement-console", header), ("Origin", origin));
                Assert.Equal((method, header, origin, HttpStatusCode.Forbidden), (method, header, origin, refused.StatusCode));
                Assert.Contains("x-escapement-console: 1", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }

            using var made = await SendAsync(app, method, path, ("Cookie", cookie), ("x-escapement-console", "1"), ("Origin", own));
            Assert.Equal((method, letIn), (method, made.StatusCode));
        }

        using var looked = await SendAsync(app, HttpMethod.Get, "/api/v1/tenants/acme/runs", ("Cookie", cookie), ("Origin", "https://evil.example"));
        Assert.Equal(HttpStatusCode.OK, looked.StatusCode);
        using var called = await SendAsync(app, HttpMethod.Get, "/api/ext/com.acme.sync/api/status", ("Cookie", cookie), ("x-alga-tenant", "acme"));
        Assert.Equal((HttpStatusCode.Unauthorized, "Bearer"), (called.StatusCode, called.Headers.WwwAuthenticate.ToString()));
        await app.StopAsync();
    }

    [Fact]
    public async Task AuthorizationPolicy_OfSomethingElse_TakesOfBrowsersWhatTheOwnPageSends()
    {
        await using var app = await StartWithUsersAsync(_ => { });
        const string change = "/api/v1/tenants/acme/resume";
        const string call = "/api/ext/com.acme.sync/api/status";
        var (user, tenant) = (("x-user", (string?)"anna"), ("x-alga-tenant", (string?)"acme"));
        (HttpStatusCode Expected, HttpMethod Method, string Path, (string, string?)[] Headers)[] all =
        [
            // As with a certificate, or a password that the browser keeps: no cookie shows it.
            (HttpStatusCode.Forbidden, HttpMethod.Post, change, [user, ("Origin", "https://evil.example")]),
            (HttpStatusCode.Forbidden, HttpMethod.Post, change, [user, ("Origin", "https://evil.example"), ("Authorization", "Basic YTpi")]),
            (HttpStatusCode.Forbidden, HttpMethod.Post, change, [user, ("Sec-Fetch-Site", "cross-site")]),
            (HttpStatusCode.Conflict, HttpMethod.Post, change, [user]),
            (HttpStatusCode.Conflict, HttpMethod.Post, change, [user, ("Origin", "https://app.example"), ("Authorization", "Bearer x")]),
            (HttpStatusCode.Unauthorized, HttpMethod.Get, call, [user, tenant, ("Sec-Fetch-Site", "none")]),
            (HttpStatusCode.Unauthorized, HttpMethod.Post, call, [user, tenant, ("Origin", app.Urls.Single()), ("x-escapement-console", "1")]),
            (HttpStatusCode.NotFound, HttpMethod.Get, call, [user, tenant]),
            (HttpStatusCode.NotFound, HttpMethod.Get, call, [user, tenant, ("Cookie", "a=b"), ("Authorization", "Bearer x")]),
        ];
        foreach (var (expected, method, path, headers) in all)
        {
            using var answer = await SendAsync(app, method, path, headers);
            Assert.Equal((string.Join(' ', headers), expected), (string.Join(' ', headers), answer.StatusCode));
        }

        await app.StopAsync();
    }

    [Theory]
    [InlineData(typeof(ICompilations))]
    [InlineData(typeof(Publisher))]
    [InlineData(typeof(InstallOperations))]
    [InlineData(typeof(InstalledExtensions))]
    [InlineData(typeof(ScheduleOperations))]
    [InlineData(typeof(HostApiFactory))]
    [InlineData(typeof(RunOperations))]
    [InlineData(typeof(ExtensionGateway))]
    public async Task AddEscapement_AServiceOfTheGuide_CanBeInjected(Type service)
    {
        Assert.True(service.IsPublic);
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddEscapement(o => o.DataFolder = TestFolders.New());
        await using var app = builder.Build();

        Assert.NotNull(app.Services.GetService(service));
    }

    [Fact]
    public void AddEscapement_FunctionWithoutAPolicy_IsRefused() => Assert.Contains(
        "FindPrincipal",
        Assert.Single(Assert.Throws<OptionsValidationException>(() => new ServiceCollection().AddEscapement(o => o.FindPrincipal = _ => null)).Failures),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("//")]
    [InlineData("/x/")]
    [InlineData("/x//y")]
    public void AddEscapement_PrefixThatIsNoPlainPath_IsRefused(string prefix) =>
        Assert.Throws<OptionsValidationException>(() => new ServiceCollection().AddEscapement(o => o.ApiPrefix = prefix));

    private static async Task<WebApplication> StartWithUsersAsync(Action<EscapementOptions> configure, bool byCookie = false)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddAuthentication(byCookie ? CookieAuthenticationDefaults.AuthenticationScheme : HeaderUsers.Name)
            .AddCookie()
            .AddScheme<AuthenticationSchemeOptions, HeaderUsers>(HeaderUsers.Name, configureOptions: null);
        builder.Services.AddAuthorizationBuilder().AddPolicy("users", p => p.RequireAuthenticatedUser());
        builder.Services.AddEscapement(o =>
        {
            o.DataFolder = TestFolders.New();
            o.AuthorizationPolicy = "users";
            configure(o);
        });
        var app = builder.Build();
        app.MapEscapement();
        app.MapGet("/sign-in", (HttpContext context) => context.SignInAsync(
            CookieAuthenticationDefaults.AuthenticationScheme, new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "anna")], "test"))));
        await app.StartAsync();
        return app;
    }

    private static async Task<HttpStatusCode> AskAsync(WebApplication app, string? user, string path)
    {
        using var answer = await SendAsync(app, HttpMethod.Get, path, ("x-alga-tenant", "acme"), ("x-user", user));
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> SendAsync(
        WebApplication app, HttpMethod method, string path, params (string Name, string? Value)[] headers)
    {
        using var handler = new SocketsHttpHandler { UseCookies = false };
        using var client = new HttpClient(handler) { BaseAddress = new Uri(app.Urls.Single()) };
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers.Where(h => h.Value is not null))
        {
            request.Headers.Add(name, value);
        }

        return await client.SendAsync(request);
    }

    /// <summary>An application's own sign-in: believes a header.</summary>
    private sealed class HeaderUsers(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        public const string Name = "Header";

        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Request.Headers["x-user"] is [{ } user]
            ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, user)], Name)), Name))
            : AuthenticateResult.NoResult());
    }
}
