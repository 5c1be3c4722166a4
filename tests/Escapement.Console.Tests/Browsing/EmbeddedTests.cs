using Embedding;
using Escapement.Console.Tests.Hosting;
using Escapement.Server.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Escapement.Console.Tests.Browsing;

/// <summary>The sample that embeds the host, with the console beside the application's own pages.</summary>
public sealed class EmbeddedTests(Chromium chromium)
{
    [Fact]
    public async Task Console_BesideTheApplicationsOwnPages_SignsInAndLeavesThemAlone()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        string? token = null;
        await using var app = Shop.Build(builder, o =>
        {
            o.DataFolder = TestFolders.New();
            o.OnFirstToken = t => token = t;
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        await using var visit = await Visit.OpenAsync(chromium.Browser, new Uri($"{app.Urls.Single()}/extensions/console/"));

        await visit.GoAsync("/t/~all/schedules");
        await visit.Page.GetByLabel("Token", new() { Exact = true }).FillAsync(token!);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Signed in as" })).ToBeVisibleAsync();

        // The browser looks for an icon of the shop's own, which has none.
        visit.Expect(404, "/favicon.ico");
        await visit.Page.GotoAsync(app.Urls.Single() + "/");
        await Expect(visit.Page.GetByText("The shop is open.")).ToBeVisibleAsync();
    }
}
