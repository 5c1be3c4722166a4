using System.Text.RegularExpressions;
using Escapement.Console.Tests.Hosting;
using Escapement.Server.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Escapement.Console.Tests.Browsing;

/// <summary>What pages and dialogs say where somebody would else have to guess.</summary>
public abstract class SayingFacts(Chromium chromium, string path) : ScheduleFacts(chromium, path)
{
    [Fact]
    public async Task Run_ThatWasMissed_SaysWhyAndHasNoEmptySections()
    {
        await FillAsync();
        var due = await ComeDueAsync(hoursAgo: 3);
        await Server.RecordedAsync();
        var missed = (string?)(await Server.GetAsync($"{Schedule}/runs?state=missed"))["items"]![0]!["id"];

        var visit = await SignedInAsync($"/t/acme/runs/{missed}");
        await Expect(visit.Page.GetByRole(AriaRole.List, new() { Name = "What led to it" })).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Backfill…" })).ToBeVisibleAsync();
        Assert.Equal(["Why", "Facts"], await visit.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Heading, new() { Level = 2 }).AllTextContentsAsync());
        await visit.AccessibleAsync();

        // All that it stands for, where it fell: the calendar has none of it at the first hour alone. A week can have begun in between; half of it lies in one.
        var day = TimeZoneInfo.ConvertTime(due.AddMinutes(90), TimeZoneInfo.FindSystemTimeZoneById(Visit.TimeZone));
        await visit.GoAsync($"/t/acme/calendar?day={day:yyyy-MM-dd}");
        await Expect(visit.Page.GetByText("stands evenly spread over its time")).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Gridcell, new() { NameRegex = new("6 missed") })).Not.ToHaveCountAsync(0);
        await Expect(visit.Page.GetByRole(AriaRole.Gridcell, new() { NameRegex = new("\\d\\d missed") })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Audit_OfASchedule_CallsItByItsName()
    {
        await FillAsync();
        await PatchAsync(Schedule, new { enabled = false });
        var visit = await SignedInAsync("/t/acme/audit");
        var row = visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "changed a schedule" });
        await Expect(row.GetByText(Script)).ToBeVisibleAsync();
        await row.GetByRole(AriaRole.Button).First.ClickAsync();
        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByTitle(Schedule.Split('/')[^1])).ToHaveTextAsync(Script);
        await Expect(dialog.GetByTitle(Install.Split('/')[^1])).ToHaveTextAsync(RunningServer.Extension);
    }

    [Fact]
    public async Task Edit_WithWhatCannotBe_MarksTheFieldsAndAsksBeforeItThrowsAwayWhatWasTyped()
    {
        await FillAsync();
        var visit = await SignedInAsync(SchedulePage);
        var dialog = await OpenDialogAsync(visit, "Edit…");
        var (when, zone) = (dialog.GetByLabel("When", new() { Exact = true }), dialog.GetByRole(AriaRole.Combobox));
        await when.FillAsync("61 * * * *");
        await zone.FillAsync("Mars/Phobos");
        foreach (var field in (ILocator[])[when, zone])
        {
            await Expect(field).ToHaveAttributeAsync("aria-invalid", "true");
            await Expect(field).ToHaveAccessibleDescriptionAsync(new Regex("."));
        }

        await when.FillAsync("0 7 * * *");
        await Expect(when).Not.ToHaveAttributeAsync("aria-invalid", "true");
        await zone.FillAsync("UTC");
        await when.PressAsync("Escape");
        await Expect(dialog.GetByText("What you typed would be lost.")).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Go on typing" }).ClickAsync();
        await Expect(when).ToHaveValueAsync("0 7 * * *");
        await when.PressAsync("Escape");
        await FinishAsync(dialog, "Throw it away");

        dialog = await OpenDialogAsync(visit, "Edit…");
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Policy_Emptied_SaysWhatThatMeansAndHasTheDefaults()
    {
        await FillAsync();
        await PatchAsync(Schedule, new { policy = new { pauseAfterFailures = 3, timeLimitSeconds = 9, retry = new { maxAttempts = 4 } } });
        var visit = await SignedInAsync(SchedulePage);
        var dialog = await OpenDialogAsync(visit, "Change…");
        foreach (var (label, said) in ((string, string)[])
        [
            ("Attempts", "Empty: one, the default"),
            ("Pauses itself after failures", "Empty: after 20"),
            ("Seconds that an attempt may take", "Empty: the host’s own limit"),
        ])
        {
            var field = dialog.GetByLabel(label);
            await field.FillAsync("");
            await Expect(field).ToHaveAccessibleDescriptionAsync(new Regex(said));
        }

        await FinishAsync(dialog, "Save");
        var policy = (await GetScheduleAsync())["policy"]!;
        Assert.Equal((20, null, 1), ((int)policy["pauseAfterFailures"]!, (int?)policy["timeLimitSeconds"], (int?)policy["retry"]?["maxAttempts"] ?? 1));
    }

    [Fact]
    public async Task Load_OfManySchedules_ListsAllBehindACell()
    {
        await FillAsync();
        for (var i = 0; i < 7; i++)
        {
            await Server.CreateAsync(Install, $"number {i}");
        }

        var visit = await SignedInAsync("/t/acme/load");
        var dialog = await OpenDialogAsync(visit, "All schedules…");
        await Expect(dialog.GetByRole(AriaRole.Row)).ToHaveCountAsync(9);
        await visit.AccessibleAsync();
        await dialog.GetByRole(AriaRole.Link, new() { Name = "number 3" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "number 3" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Schedules_ByNameOnceMore_AreFromTheEndAndSaySo()
    {
        await FillAsync();
        await Server.CreateAsync(Install, "aardvark");
        await Server.CreateAsync(Install, "zebra");
        var visit = await SignedInAsync("/t/acme/schedules");
        var head = visit.Page.GetByRole(AriaRole.Columnheader, new() { NameRegex = new("^Sort by Name") });
        var button = head.GetByRole(AriaRole.Button, new() { Name = "Sort by Name" });
        var first = visit.Page.Locator("[data-at]").First;
        await button.ClickAsync();
        await Expect(head).ToHaveAttributeAsync("aria-sort", "ascending");
        await Expect(first).Not.ToContainTextAsync("zebra");
        await button.ClickAsync();
        await Expect(head).ToHaveAttributeAsync("aria-sort", "descending");
        await Expect(first).ToContainTextAsync("zebra");
        Assert.EndsWith("sort=-name", visit.Address, StringComparison.Ordinal);
        await visit.AccessibleAsync();
    }

    [Fact]
    public async Task Theme_ThatWasChosen_Lasts()
    {
        var visit = await SignedInAsync("/t/acme/now");
        var root = visit.Page.Locator("html");
        await Expect(root).ToHaveAttributeAsync("data-theme", "light");
        await Account(visit).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Menuitem).Filter(new() { HasText = "Theme: Dark" }).ClickAsync();
        await Expect(root).ToHaveAttributeAsync("data-theme", "dark");
        await visit.Page.ReloadAsync();
        await Expect(root).ToHaveAttributeAsync("data-theme", "dark");
    }

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
}

public sealed class SayingsAtTheRootTests(Chromium chromium) : SayingFacts(chromium, "/");

public sealed class SayingsBelowAPathTests(Chromium chromium) : SayingFacts(chromium, "/a/b");
