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
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
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

    private static async Task<WebApplication> StartWithUsersAsync(Action<EscapementOptions> configure)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddAuthentication(HeaderUsers.Name).AddScheme<AuthenticationSchemeOptions, HeaderUsers>(HeaderUsers.Name, configureOptions: null);
        builder.Services.AddAuthorizationBuilder().AddPolicy("users", p => p.RequireAuthenticatedUser());
        builder.Services.AddEscapement(o =>
        {
            o.DataFolder = TestFolders.New();
            o.AuthorizationPolicy = "users";
            configure(o);
        });
        var app = builder.Build();
        app.MapEscapement();
        await app.StartAsync();
        return app;
    }

    private static async Task<HttpStatusCode> AskAsync(WebApplication app, string? user, string path)
    {
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("x-alga-tenant", "acme");
        if (user is not null)
        {
            request.Headers.Add("x-user", user);
        }

        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
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
