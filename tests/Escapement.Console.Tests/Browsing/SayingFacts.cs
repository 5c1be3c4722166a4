using System.Text.RegularExpressions;
using Escapement.Console.Tests.Hosting;
using Escapement.Runs;
using Escapement.Server.Tests;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Escapement.Console.Tests.Browsing;

/// <summary>What pages and dialogs say where somebody would else have to guess.</summary>
public abstract class SayingFacts(Chromium chromium, string path) : ScheduleFacts(chromium, path)
{
    [Fact]
    public async Task Name_WithCharactersThatNobodySees_IsShownWithThem()
    {
        await FillAsync();
        await Server.CreateAsync(Install, "\u200b");
        Look((string)(await Server.CreateAsync(Install, "\u202egnp.exe payroll"))["id"]!);

        var visit = await SignedInAsync(SchedulePage);
        var title = visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 });
        await Expect(title).ToHaveTextAsync("⟨U+202E⟩gnp.exe payroll");
        await visit.GoAsync("/t/acme/schedules");
        await visit.Page.GetByRole(AriaRole.Grid).GetByRole(AriaRole.Link, new() { Name = "⟨U+200B⟩", Exact = true }).ClickAsync();
        await Expect(title).ToHaveTextAsync("⟨U+200B⟩");
    }

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
        await visit.GoAsync($"/t/acme/calendar?day={due.AddMinutes(90):yyyy-MM-dd}");
        await visit.LoadedAsync();
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
    public async Task Times_ThatCannotBe_AreSaidInWordsOnTheClocksOfTheField()
    {
        await FillAsync();
        await PatchAsync(Schedule, new { timezone = "Asia/Singapore" });
        var visit = await SignedInAsync(SchedulePage);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "More to do" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Backfill…", Exact = true }).ClickAsync();
        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        var (from, to) = (dialog.GetByLabel("From", new() { Exact = true }), dialog.GetByLabel("To", new() { Exact = true }));
        await to.FillAsync("2099-01-01 09:00");
        await Expect(to).ToHaveAccessibleDescriptionAsync(new Regex("still to come"));
        await to.FillAsync("2001-01-01 09:00");
        await Expect(from).ToHaveAccessibleDescriptionAsync(new Regex("behind the end"));
        visit.Expect(422, "/backfill/preview");
        await from.FillAsync("2000-01-01 09:00");
        await Expect(from).ToHaveAccessibleDescriptionAsync(new Regex("The ledger is kept back to .* [0-9]{2}:[0-9]{2};"));
        await from.FillAsync("1969-01-01 09:00");
        await Expect(from).ToHaveAccessibleDescriptionAsync(new Regex("from 1970"));
        await visit.Page.Keyboard.PressAsync("Escape");
        await FinishAsync(dialog, "Throw it away");

        // No tenant can be called so, and nobody is asked for it.
        await visit.GoAsync("/t/%3Cscript%3E/now");
        await Expect(visit.Page.GetByText("There is nothing here")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Edit_OfWhatIsNotShownYet_CannotBeSaved()
    {
        await FillAsync();
        var visit = await SignedInAsync(SchedulePage);
        var shown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await visit.Page.RouteAsync("**/schedules/preview", async route =>
        {
            await shown.Task;
            await route.ContinueAsync();
        });
        var dialog = await OpenDialogAsync(visit, "Edit…");
        var save = dialog.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true });
        await Expect(dialog.GetByRole(AriaRole.Status, new() { Name = "Loading" })).ToBeVisibleAsync();
        await Expect(save).ToBeDisabledAsync();
        shown.SetResult();
        await Expect(save).ToBeEnabledAsync();
        await Expect(dialog.GetByRole(AriaRole.List, new() { Name = "Next" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Reload_WithWhatSomebodyTyped_AsksFirst()
    {
        await FillAsync();
        var visit = await SignedInAsync(SchedulePage);
        var dialog = await OpenDialogAsync(visit, "Pause…");
        await dialog.GetByLabel("Why").FillAsync("database move");
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        visit.Page.Dialog += (_, _) => asked.TrySetResult();
        await visit.Page.EvaluateAsync("() => { setTimeout(() => location.reload()); }");
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await Expect(dialog.GetByLabel("Why")).ToHaveValueAsync("database move");
        Assert.Equal(1, visit.AskedToStay);

        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel", Exact = true }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        await visit.Page.ReloadAsync();
        await Expect(Account(visit)).ToBeVisibleAsync();
        Assert.Equal(1, visit.AskedToStay);
    }

    [Fact]
    public async Task Back_FromWhatSomebodyTyped_AsksFirst()
    {
        await FillAsync();
        var visit = await SignedInAsync("/t/acme/schedules");
        await visit.Page.GetByRole(AriaRole.Grid).GetByText(Script).First.ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Pause…", Exact = true })).ToBeVisibleAsync();
        var there = visit.Page.Url;
        var dialog = await OpenDialogAsync(visit, "Pause…");
        await dialog.GetByLabel("Why").FillAsync("database move");
        foreach (var answer in (string[])["Go on typing", "Throw it away"])
        {
            await visit.Page.EvaluateAsync("() => history.back()");
            await Expect(dialog.GetByText("What you typed would be lost")).ToBeVisibleAsync();
            await Expect(dialog.GetByLabel("Why")).ToHaveValueAsync("database move");
            await Expect(visit.Page).ToHaveURLAsync(there);
            await dialog.GetByRole(AriaRole.Button, new() { Name = answer, Exact = true }).ClickAsync();
        }

        await Expect(dialog).ToBeHiddenAsync();
        await visit.Page.EvaluateAsync("() => history.back()");
        await Expect(visit.Page).ToHaveURLAsync(new Regex("/t/acme/schedules$"));
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
            ("Seconds that an attempt may take", "Empty: the host’s limit"),
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

        // Of failures the most come first, and it has no other end.
        Server.Sandbox.Fail(RunReason.Trap, "broken");
        await RunAsync();
        var failures = visit.Page.GetByRole(AriaRole.Columnheader, new() { NameRegex = new("^Sort by Failures") });
        await failures.GetByRole(AriaRole.Button, new() { Name = "Sort by Failures" }).ClickAsync();
        await Expect(failures).ToHaveAttributeAsync("aria-sort", "descending");
        await Expect(failures).ToContainTextAsync("Failures ↓");
        await Expect(first.GetByRole(AriaRole.Gridcell).Last).ToHaveTextAsync(new Regex(@"failed\s*1"));
        Assert.EndsWith("sort=failures", visit.Address, StringComparison.Ordinal);
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
}

public sealed class SayingsAtTheRootTests(Chromium chromium) : SayingFacts(chromium, "/");

public sealed class SayingsBelowAPathTests(Chromium chromium) : SayingFacts(chromium, "/a/b");
