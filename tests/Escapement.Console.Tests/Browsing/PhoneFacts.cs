using Escapement.Console.Tests.Hosting;
using Escapement.Runs;
using Escapement.Server.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Escapement.Console.Tests.Browsing;

/// <summary>What works at the width of a phone: reading, pausing and running now.</summary>
public abstract class PhoneFacts(Chromium chromium, string path) : ScheduleFacts(chromium, path)
{
    private static readonly string[] Pages =
    [
        "now", "schedules", "schedule", "why", "calendar", "load", "runs", "run", "extensions", "extension", "installs", "install", "audit", "nodes", "access",
    ];

    [Fact]
    public async Task Phone_OfSomebodyOnTheWay_FindsRunsAndPauses()
    {
        await FillAsync();
        Server.Sandbox.Respond(202);
        var visit = await HeldAsync("/t/acme/schedules");
        await visit.Page.GetByRole(AriaRole.Grid).GetByText(Script).First.ClickAsync();

        var dialog = await OpenDialogAsync(visit, "Run now…");
        await FinishAsync(dialog, "Run now");
        // What is said would lie over the buttons of a dialog there: it waits until that is closed.
        var said = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Messages" }).GetByText("It starts as soon as a slot is free.");
        await Expect(said).ToBeVisibleAsync();
        // As long as somebody points at it, it stays.
        await said.HoverAsync();
        dialog = await OpenDialogAsync(visit, "Pause…");
        await Expect(said).ToHaveCountAsync(0);
        await dialog.GetByLabel("Why").FillAsync("on my way");
        await FinishAsync(dialog, "Pause");
        await Expect(said).ToBeVisibleAsync();
        await Expect(visit.Page.GetByText("Paused by its own pause")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByLabel("Runs of this schedule").GetByText("status 202").First).ToBeVisibleAsync();
        Assert.Equal("on my way", (string?)(await GetScheduleAsync())["pauses"]![0]!["note"]);

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Open the list of pages" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Now", Exact = true }).ClickAsync();
        await Expect(visit.Page.GetByText("“on my way”").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Schedules_OfAllTenantsOnAPhone_SayWhoseEachIs()
    {
        await FillAsync();
        await Server.CreateAsync(await Server.InstallAsync("globex"), "sync");
        var visit = await HeldAsync("/t/~all/schedules");
        foreach (var tenant in (string[])["acme", "globex"])
        {
            await Expect(visit.Page.GetByRole(AriaRole.Row).GetByText(tenant, new() { Exact = true })).ToBeVisibleAsync();
        }
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

    // The menu, and with it whose session it is, is folded away there.
    private async Task<Visit> HeldAsync(string address)
    {
        var visit = await OpenAsync(narrow: true);
        await BeginSessionAsync(visit);
        await visit.GoAsync(address);
        await visit.LoadedAsync();
        return visit;
    }
}

public sealed class PhonesAtTheRootTests(Chromium chromium) : PhoneFacts(chromium, "/");

public sealed class PhonesBelowAPathTests(Chromium chromium) : PhoneFacts(chromium, "/a/b");
