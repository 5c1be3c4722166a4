using Escapement.Console.Tests.Hosting;
using Escapement.Runs;
using Escapement.Server.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Escapement.Console.Tests.Browsing;

/// <summary>How much room pages take at the sizes of windows, which is the same wherever the console lies.</summary>
public sealed class LayoutTests(Chromium chromium) : ScheduleFacts(chromium, "/a/b")
{
    private static readonly string[] Pages =
    [
        "now", "schedules", "schedule", "why", "calendar", "load", "runs", "run", "extensions", "extension", "installs", "install", "audit", "nodes", "access",
    ];

    [Theory]
    [InlineData("~all", 1280)]
    [InlineData("acme", 1280)]
    [InlineData("~all", 1240)]
    [InlineData("~all", 1100)]
    [InlineData("~all", 390)]
    public async Task Schedules_AtAWidth_DoNotScrollSideways(string scope, int width)
    {
        await FillAsync();
        var visit = await SignedInAsync($"/t/{scope}/schedules");
        await visit.Page.SetViewportSizeAsync(width, 800);
        var row = visit.Page.Locator("[data-at='0']");
        await Expect(row).ToBeVisibleAsync();
        await visit.Page.WaitForFunctionAsync(
            "() => { const list = document.querySelector('[role=grid]').parentElement; return list.scrollWidth <= list.clientWidth; }");
    }

    [Theory]
    [InlineData("now")]
    [InlineData("schedules")]
    [InlineData("schedule")]
    [InlineData("why")]
    [InlineData("runs")]
    [InlineData("run")]
    [InlineData("install")]
    [InlineData("audit")]
    public async Task Page_OnAPhone_IsNoWiderThanIt(string page)
    {
        await FillAsync();
        var run = await RunAsync();
        var visit = await HeldAsync(AddressOf(page, run));
        var (wide, shown) = (await WidthAsync("scrollWidth"), await WidthAsync("clientWidth"));
        Assert.True(wide <= shown, $"{wide} of {shown} pixels");

        Task<int> WidthAsync(string which) => visit.Page.EvaluateAsync<int>($"() => document.scrollingElement.{which}");
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(640)]
    [InlineData(390)]
    public async Task Pages_InALowWindow_AreNoHigherThanIt(int width)
    {
        await FillAsync();
        Server.Sandbox.Fail(RunReason.Trap, Script);
        var run = await RunAsync();
        var visit = await HeldAsync("/t/acme/now");
        await visit.Page.SetViewportSizeAsync(width, 240);
        foreach (var address in (string[])["/t/~all/now", .. Pages.Select(page => AddressOf(page, run))])
        {
            await visit.GoAsync(address);
            await visit.LoadedAsync();
            Assert.Equal((address, 240), (address, await visit.Page.EvaluateAsync<int>("() => document.scrollingElement.scrollHeight")));
        }
    }
}
