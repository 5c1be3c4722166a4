using System.Net;
using System.Text.RegularExpressions;
using Embedding;
using Escapement.AspNetCore;
using Escapement.AspNetCore.Console;
using Escapement.Console.Tests.Hosting;
using Escapement.Server.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Escapement.Console.Tests.Serving;

public sealed partial class PlaceTests
{
    [Theory]
    [InlineData("/a/b/", "/a/b/", "/a/b/")]
    [InlineData("/a/b/schedules/nightly", "/a/b/", "/a/b/")]
    public async Task Page_BelowAPathBase_NamesItEverywhere(string address, string own, string api)
    {
        await using var server = await RunningServer.StartAsync(o => o.Roles = EscapementRoles.Api, services: s => BelowPath.AddTo(s, "/a/b"));
        await PagesAsync(server.Client, address, own, api);
        using var host = await server.Client.GetAsync("/a/b/api/v1/nothing");
        Assert.Equal(HttpStatusCode.NotFound, host.StatusCode);
    }

    [Theory]
    [InlineData("127.0.0.1", "/scheduler", "/scheduler/")]
    [InlineData("127.0.0.1", "/s\"><i>", "/s%22%3E%3Ci%3E/")]
    [InlineData("10.9.8.7", "/scheduler", "/")]
    public async Task Page_BehindAProxyThatTakesAPathOff_NamesItIfTheProxyIsOneThatTheSettingsName(string proxies, string prefix, string own)
    {
        await using var server = await RunningServer.StartAsync(o => o.Roles = EscapementRoles.Api, settings: ("Escapement:Proxies", proxies));
        server.Client.DefaultRequestHeaders.TryAddWithoutValidation("X-Forwarded-For", "192.0.2.7");
        server.Client.DefaultRequestHeaders.TryAddWithoutValidation("X-Forwarded-Prefix", prefix);
        await PagesAsync(server.Client, "/schedules", own, own, reach: false);
    }

    [Theory]
    [InlineData("", "//evil.example/schedules")]
    [InlineData("", "//evil.example")]
    [InlineData("", "//")]
    [InlineData("//evil.example", "/schedules")]
    public async Task Page_AtAnAddressThatABrowserTakesForAnotherHosts_IsNone(string prefix, string address)
    {
        await using var server = await RunningServer.StartAsync(o => o.Roles = EscapementRoles.Api, settings: ("Escapement:Proxies", "127.0.0.1"));
        server.Client.DefaultRequestHeaders.TryAddWithoutValidation("X-Forwarded-For", "192.0.2.7");
        server.Client.DefaultRequestHeaders.TryAddWithoutValidation("X-Forwarded-Prefix", prefix);
        using var answer = await server.Client.GetAsync(new Uri(server.Address.GetLeftPart(UriPartial.Authority) + address));
        Assert.DoesNotContain("evil.example", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("/extensions/console")]
    [InlineData("/extensions/console/")]
    [InlineData("/extensions/console/schedules/nightly")]
    public async Task Sample_AtAPathOfItsOwn_NamesIt(string address)
    {
        await using var app = Shop.Build(Quiet(), o =>
        {
            o.DataFolder = TestFolders.New();
            o.OnFirstToken = _ => { };
        });
        using var client = await StartAsync(app);
        await PagesAsync(client, address, "/extensions/console/", "/extensions/");
        Assert.Equal("The shop is open.", await client.GetStringAsync("/"));
        using var elsewhere = await client.GetAsync("/extensions/other");
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
    }

    [Theory]
    [InlineData("/", "/shop", "/shop/cart/3", "the shop")]
    [InlineData("/", "/shop", "/schedules", null)]
    [InlineData("/admin", "/", "/cart/3", "the shop")]
    [InlineData("/admin", "/", "/admin/schedules", null)]
    [InlineData("/admin", "/admin/shop", "/admin/shop/cart", "the shop")]
    public async Task Page_BesideAnotherSinglePageApplication_TakesNoneOfItsAddresses(string console, string shop, string address, string? expected)
    {
        await using var app = Build(a =>
        {
            a.MapEscapement();
            a.MapEscapementConsole(console);
            a.MapFallback($"{shop.TrimEnd('/')}/{{*path:nonfile}}", () => "the shop");
        });
        using var client = await StartAsync(app);
        var answer = await client.GetStringAsync(address);
        Assert.Equal(expected is null, answer.Contains("escapement-base", StringComparison.Ordinal));
        Assert.Equal(expected is not null, answer == expected);
    }

    [Fact]
    public async Task Page_MappedIntoAGroup_NamesTheGroupsPathToo()
    {
        await using var app = Build(a => a.MapGroup("/tools").MapEscapementConsole("/scheduler"));
        using var client = await StartAsync(app);
        await PagesAsync(client, "/tools/scheduler/schedules", "/tools/scheduler/", "/");
    }

    [Fact]
    public async Task FrameAncestors_OfTheOptions_StandInThePolicy()
    {
        await using var app = Build(a => a.MapEscapementConsole(configure: o => o.FrameAncestors = ["'self'", "https://portal.example:8443"]));
        using var client = await StartAsync(app);
        using var answer = await client.GetAsync("/");
        Assert.EndsWith(
            "; frame-ancestors 'self' https://portal.example:8443", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("self")]
    [InlineData("https://a.example; script-src *")]
    [InlineData("https://a.example\r\nX: y")]
    [InlineData("")]
    public async Task FrameAncestors_ThatAreNoSources_AreRefusedByName(string wrong)
    {
        await using var app = Build(_ => { });
        var thrown = Assert.Throws<ArgumentException>(() => app.MapEscapementConsole(configure: o => o.FrameAncestors = [wrong]));
        Assert.Contains("FrameAncestors", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("admin")]
    [InlineData("/a//b")]
    [InlineData("/{tenant}")]
    public async Task Map_AtWhatIsNoPlainPath_IsRefused(string path)
    {
        await using var app = Build(_ => { });
        Assert.Throws<ArgumentException>(() => app.MapEscapementConsole(path));
    }

    [Fact]
    public async Task Map_WhereTheApiLiesElsewhere_SaysWhatToSet()
    {
        await using var app = Build(_ => { }, o => o.ApiPrefix = "/scheduler");
        Assert.Contains("\"/scheduler/api\"", Assert.Throws<InvalidOperationException>(() => app.MapEscapementConsole()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Map_OnANodeWithoutTheApi_MapsNothing()
    {
        await using var app = Build(a => a.MapEscapementConsole(), o => o.Roles = EscapementRoles.Firing);
        Assert.Empty(((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints));
    }

    private static async Task PagesAsync(HttpClient client, string address, string own, string api, bool reach = true)
    {
        var page = await client.GetStringAsync(address);
        Assert.Contains($"name=\"escapement-base\" content=\"{own}\"", page, StringComparison.Ordinal);
        Assert.Contains($"name=\"escapement-api\" content=\"{api}\"", page, StringComparison.Ordinal);
        var linked = Linked().Matches(page).Select(m => m.Groups[1].Value).ToList();
        Assert.NotEmpty(linked);
        Assert.All(linked, l => Assert.StartsWith(own, l, StringComparison.Ordinal));
        foreach (var link in reach ? linked : [])
        {
            using var answer = await client.GetAsync(link);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.NotEqual("text/html", answer.Content.Headers.ContentType?.MediaType);
        }
    }

    private static WebApplicationBuilder Quiet()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        return builder;
    }

    private static WebApplication Build(Action<WebApplication> map, Action<EscapementOptions>? configure = null)
    {
        var builder = Quiet();
        builder.Services.AddEscapement(o =>
        {
            o.DataFolder = TestFolders.New();
            o.OnFirstToken = _ => { };
            o.Roles = EscapementRoles.Api;
            configure?.Invoke(o);
        });
        var app = builder.Build();
        map(app);
        return app;
    }

    private static async Task<HttpClient> StartAsync(WebApplication app)
    {
        await app.StartAsync();
        return new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    [GeneratedRegex("(?:src|href)=\"([^\"]*)\"")]
    private static partial Regex Linked();
}
