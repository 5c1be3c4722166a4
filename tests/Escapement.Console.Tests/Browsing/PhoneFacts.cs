using Escapement.Console.Tests.Hosting;
using Escapement.Runs;
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
}

public sealed class PhonesAtTheRootTests(Chromium chromium) : PhoneFacts(chromium, "/");

public sealed class PhonesBelowAPathTests(Chromium chromium) : PhoneFacts(chromium, "/a/b");
