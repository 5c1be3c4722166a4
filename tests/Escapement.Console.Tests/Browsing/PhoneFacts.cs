using Escapement.Console.Tests.Hosting;
using Escapement.Server.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Escapement.Console.Tests.Browsing;

/// <summary>What works at the width of a phone: reading, pausing and running now.</summary>
public abstract class PhoneFacts(Chromium chromium, string path) : ScheduleFacts(chromium, path)
{
    [Fact]
    public async Task Phone_OfSomebodyOnTheWay_FindsRunsAndPauses()
    {
        await FillAsync();
        Server.Sandbox.Respond(202);
        var visit = await HeldAsync("/t/acme/schedules");
        await visit.Page.GetByRole(AriaRole.Grid).GetByText(Script).First.ClickAsync();

        var dialog = await OpenDialogAsync(visit, "Run now…");
        await FinishAsync(dialog, "Run now");
        await Expect(visit.Page.GetByLabel("Runs of this schedule").GetByText("status 202").First).ToBeVisibleAsync();

        dialog = await OpenDialogAsync(visit, "Pause…");
        await dialog.GetByLabel("Why").FillAsync("on my way");
        await FinishAsync(dialog, "Pause");
        await Expect(visit.Page.GetByText("Paused by its own pause")).ToBeVisibleAsync();
        Assert.Equal("on my way", (string?)(await GetScheduleAsync())["pauses"]![0]!["note"]);

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Open the list of pages" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Now", Exact = true }).ClickAsync();
        await Expect(visit.Page.GetByText("“on my way”").First).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("now")]
    [InlineData("schedules")]
    [InlineData("schedule")]
    [InlineData("why")]
    [InlineData("run")]
    [InlineData("install")]
    [InlineData("audit")]
    public async Task Page_OnAPhone_IsNoWiderThanIt(string page)
    {
        await FillAsync();
        var run = await RunAsync();
        var visit = await HeldAsync(AddressOf(page, run));
        await Expect(visit.Page.GetByRole(AriaRole.Main).GetByLabel("Loading")).ToHaveCountAsync(0);
        var (wide, shown) = (await WidthAsync("scrollWidth"), await WidthAsync("clientWidth"));
        Assert.True(wide <= shown, $"{wide} of {shown} pixels");

        Task<int> WidthAsync(string which) => visit.Page.EvaluateAsync<int>($"() => document.scrollingElement.{which}");
    }

    // The menu, and with it whose session it is, is folded away there.
    private async Task<Visit> HeldAsync(string address)
    {
        var visit = await OpenAsync(narrow: true);
        await BeginSessionAsync(visit);
        await visit.GoAsync(address);
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        return visit;
    }
}

public sealed class PhonesAtTheRootTests(Chromium chromium) : PhoneFacts(chromium, "/");

public sealed class PhonesBelowAPathTests(Chromium chromium) : PhoneFacts(chromium, "/a/b");
